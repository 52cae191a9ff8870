"""The shipped model: encoder and heads (ONNX), link head and claim scorer (NumPy), tokenizer."""
