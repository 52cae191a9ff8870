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
  // Bring every column to the claim without moving the page.
  const level = (number) => {
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

  // Printing shows what is folded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    folded.forEach((element) => (element.open = true));
  });
  addEventListener("afterprint", () => folded.forEach((element) => (element.open = false)));

  const search = document.getElementById("search");
  search.closest("label").hidden = false;
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    for (const element of all("article.claim, .singles li")) {
      const missed = wanted !== "" && !element.textContent.toLowerCase().includes(wanted);
      element.classList.toggle("unfound", missed);
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
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };
  const act = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => search.focus(),
    "?": () => help.showModal(),
    Escape: () => { search.value = ""; search.dispatchEvent(new Event("input")); search.blur(); pin([]); },
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
