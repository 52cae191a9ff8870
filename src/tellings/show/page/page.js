"use strict";
// All of this is ease only: without it every word, mark, link and switch of the page is there.
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const numbersOf = (element) => {
    const holder = element.closest?.("[data-claims], [data-claim]");
    return holder ? (holder.dataset.claims ?? holder.dataset.claim).split(" ") : [];
  };

  // Where each claim is shown: its row, its entry, its marks in the texts.
  const places = new Map();
  for (const element of all("[data-claims], [data-claim]")) {
    for (const number of numbersOf(element)) {
      if (!places.has(number)) places.set(number, []);
      places.get(number).push(element);
    }
  }
  let pinned = [];
  const light = (numbers) => {
    all(".on").forEach((element) => element.classList.remove("on"));
    numbers.forEach((number) => (places.get(number) ?? []).forEach((element) => element.classList.add("on")));
  };
  // Bring every column to the claim without moving the page; two set against each other are level already.
  const pair = document.getElementById("pair");
  const level = (number) => {
    if (pair?.checked) return;
    for (const text of all(".account .text")) {
      const mark = all(".m", text).find((element) => numbersOf(element).includes(number));
      if (mark) text.scrollTop = mark.offsetTop - text.clientHeight / 3;
    }
  };
  const pin = (numbers) => {
    pinned = numbers;
    light(numbers);
    if (numbers.length) level(numbers[0]);
  };
  document.addEventListener("mouseover", (event) => {
    const numbers = numbersOf(event.target);
    light(numbers.length ? numbers : pinned);
  });
  document.addEventListener("focusin", (event) => {
    const numbers = numbersOf(event.target);
    if (numbers.length) light(numbers);
  });
  document.addEventListener("click", (event) => {
    const numbers = numbersOf(event.target);
    if (numbers.length) pin(numbers);
    const letter = event.target.closest?.("a.letter[href^='#t']");
    if (letter) pin([letter.getAttribute("href").match(/\d+/)[0]]);
  });
  const fromAddress = () => {
    const found = location.hash.match(/^#[ct](\d+)/);
    if (found) pin([found[1]]);
  };
  addEventListener("hashchange", fromAddress);
  fromAddress();

  // Printing shows what is folded, but for what would fill books.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open], .rest, .sources *)");
    folded.forEach((element) => (element.open = true));
  });
  addEventListener("afterprint", () => folded.forEach((element) => (element.open = false)));

  // One against one: move what both tell to one height, and take the marks of what the other does not tell.
  const marksOf = (account) => new Map(all(".m", account).flatMap((mark) => numbersOf(mark).map((number) => [number, mark])).reverse());
  const align = () => {
    all(".columns .text p").forEach((paragraph) => paragraph.style.removeProperty("margin-top"));
    all(".lone").forEach((mark) => mark.classList.remove("lone"));
    if (!pair?.checked) return;
    const [left, right] = ["left", "right"].map((side) => {
      const name = document.querySelector(`input[name=${side}]:checked`).id.split("-")[1];
      return document.getElementById(`account-${name}`);
    });
    const [here, there] = [marksOf(left), marksOf(right)];
    for (const [one, other] of [[left, there], [right, here]]) {
      all(".m", one).forEach((mark) => mark.classList.toggle("lone", !numbersOf(mark).some((number) => other.has(number))));
    }
    if (left === right || innerWidth < 760) return;
    const paragraphs = all(".text p", right);
    const shared = [...here.keys()].filter((number) => there.has(number));
    const steps = shared
      .map((number) => [here.get(number), there.get(number), 1 + 1 / Number(number)])
      .sort(([a], [b]) => (a.compareDocumentPosition(b) & 4 ? -1 : 1))
      .map(([a, b, worth]) => ({ a, b, at: paragraphs.indexOf(b.closest("p")), worth, sum: worth, before: null }));
    // The longest run of what both tell in the same order, as only that can be level; the first claims count more.
    let last = null;
    steps.forEach((step, n) => {
      for (const earlier of steps.slice(0, n)) {
        const after = earlier.at < step.at && earlier.a.closest("p") !== step.a.closest("p");
        if (after && earlier.sum + step.worth > step.sum) Object.assign(step, { sum: earlier.sum + step.worth, before: earlier });
      }
      if (!last || step.sum > last.sum) last = step;
    });
    const run = [];
    for (let step = last; step; step = step.before) run.unshift(step);
    for (const { a, b } of run) {
      const gap = b.getBoundingClientRect().top - a.getBoundingClientRect().top;
      if (Math.abs(gap) > 1) (gap > 0 ? a : b).closest("p").style.marginTop = `${Math.abs(gap)}px`;
    }
  };
  all(".pair input").forEach((input) => input.addEventListener("change", align));
  addEventListener("resize", align);

  // What a mark means, where it is pointed at or reached by the keyboard: shown beside it, read out with it.
  const tip = Object.assign(document.createElement("div"), { id: "tip", hidden: true });
  tip.setAttribute("role", "tooltip");
  document.body.append(tip);
  let tipped = null;
  const line = (...parts) => {
    const made = document.createElement("p");
    for (const [name, text] of parts) made.append(Object.assign(document.createElement(name), { textContent: text }));
    return made;
  };
  const textOf = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const cut = (text, most = 170) => (text.length > most ? `${text.slice(0, most)} […]` : text);
  const saidOf = (item) => cut(`${textOf(item.querySelector(".voice"))}: ${textOf(item.querySelector("q"))}`);
  const accountOf = (name) => {
    const found = document.getElementById(`head-${name}`);
    return found ? [line(["b", `${name} `], ["span", textOf(document.querySelector(`#account-${name} h3 .w`))]),
      ...all(".title, .facts, .warn", found).map((part) => line(["span", textOf(part)]))] : [];
  };
  const claimOf = (number, without) => {
    const claim = document.getElementById(`c${number}`);
    const head = claim?.querySelector("h4");
    if (!head) return [line(["b", `${number} `], ["span", "only this account tells it"])];
    const told = all(".told-by li", claim).filter((item) => !all(".letter", item).some((one) => one.textContent === without));
    return [line(["b", `${number} `], ["span", all(":scope > :not(.number)", head).map(textOf).join(", ")]),
      ...told.slice(0, 3).map((item) => line(["b", `${textOf(item.querySelector(".letters"))} `], ["span", saidOf(item)]))];
  };
  const meaning = (element) => {
    if (element.matches(".letter")) return accountOf(element.textContent.trim().replace(/\d+$/, ""));
    if (element.matches(".m")) {
      const name = element.closest(".account").id.split("-")[1];
      return numbersOf(element).slice(0, 2).flatMap((number) => claimOf(number, name));
    }
    const place = document.getElementById(element.getAttribute("href").slice(1));
    return [line(["b", element.getAttribute("aria-label") ?? ""]), line(["span", place?.closest("li") ? saidOf(place.closest("li")) : cut(textOf(place))])];
  };
  const untip = () => {
    tipped?.removeAttribute("aria-describedby");
    tipped = null;
    tip.hidden = true;
  };
  const showTip = (element) => {
    if (element === tipped) return;
    untip();
    const told = meaning(element);
    if (!told.length) return;
    tip.replaceChildren(...told);
    tip.hidden = false;
    tipped = element;
    element.setAttribute("aria-describedby", "tip");
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    const below = box.bottom + 6 + tip.offsetHeight < innerHeight || box.top < tip.offsetHeight + 6;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(below ? box.bottom + 4 : box.top - tip.offsetHeight - 4) + scrollY}px`;
  };
  const MARKS = ".matrix td a[aria-label], .m, .letter";
  let waiting = 0;
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      clearTimeout(waiting);
      if (event.target.closest?.("#tip")) return;
      const mark = event.target.closest?.(MARKS);
      if (!mark) waiting = setTimeout(untip, 200);
      else if (kind === "focusin") showTip(mark);
      else waiting = setTimeout(() => showTip(mark), 250);
    });
  }
  document.addEventListener("click", untip);

  const search = document.getElementById("search");
  search.closest("label").hidden = false;
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    document.body.classList.toggle("searching", wanted !== "");
    for (const element of all("article.claim, .singles li")) {
      const missed = wanted !== "" && !element.textContent.toLowerCase().includes(wanted);
      element.classList.toggle("unfound", missed);
      if (wanted !== "" && !missed) element.closest("details")?.setAttribute("open", "");
      places.get(element.dataset.claim)
        .filter((place) => place.tagName === "TR")
        .forEach((row) => row.classList.toggle("unfound", missed));
    }
  });

  const KEYS = [["j / k", "next / previous claim"], ["1 to 9", "to an account"], ["/", "search the claims"],
    ["?", "this help"], ["Esc", "take marks and search away"]];
  const help = document.createElement("dialog");
  const list = document.createElement("dl");
  for (const [key, meaning] of KEYS) {
    list.append(Object.assign(document.createElement("dt"), { textContent: key }));
    list.append(Object.assign(document.createElement("dd"), { textContent: meaning }));
  }
  const close = Object.assign(document.createElement("button"), { textContent: "Close" });
  close.addEventListener("click", () => help.close());
  help.append(Object.assign(document.createElement("h2"), { textContent: "Keys" }), list, close);
  document.body.append(help);

  const step = (by) => {
    const shown = all("article.claim, .singles li").filter((element) => element.checkVisibility());
    if (!shown.length) return;
    const at = shown.findIndex((element) => pinned.length && element.dataset.claim === pinned[0]);
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)];
    pin([next.dataset.claim]);
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };
  const act = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => search.focus(),
    "?": () => help.showModal(),
    Escape: () => { untip(); search.value = ""; search.dispatchEvent(new Event("input")); search.blur(); pin([]); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.target.matches?.("input[type=search]") && event.key !== "Escape") return;
    if (/^[1-9]$/.test(event.key)) {
      const account = all(".account")[Number(event.key) - 1];
      if (account) {
        account.scrollIntoView({ block: "start", inline: "start" });
        account.querySelector(".text").focus({ preventScroll: true });
      }
    } else if (act[event.key]) {
      act[event.key]();
      event.preventDefault();
    }
  });
});
