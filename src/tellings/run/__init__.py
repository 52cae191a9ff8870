"""The runner seam: map a stage over records, here or in processes beside; it knows nothing of what the stage does."""

from tellings.run.local import in_processes, in_this_process

__all__ = ["in_processes", "in_this_process"]
