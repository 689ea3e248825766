// The desk works without this: it picks lines by a click, remembers initials between forms, and knows some keys.
(() => {
  const chosen = document.getElementById("chosen");
  const by = document.getElementById("by");
  const text = document.getElementById("text");
  const side = document.querySelector(".desk-side");
  const picks = [...document.querySelectorAll(".pick")];
  const lineOf = (number) => document.querySelector(`.printed[data-line="${number}"]`);
  const numbers = () => chosen.value.split(/[\s,]+/).filter(Boolean);

  const show = () => {
    const named = numbers();
    for (const pick of picks) {
      const at = named.indexOf(pick.dataset.line);
      pick.setAttribute("aria-pressed", String(at >= 0));
      pick.dataset.place = at >= 0 ? String(at + 1) : "";
    }
    // Who has picked a line wants to say something of it: the form stands first, before the questions.
    side.classList.toggle("picking", named.length > 0);
  };

  for (const pick of picks) {
    pick.addEventListener("click", () => {
      const line = pick.dataset.line;
      const named = numbers();
      const at = named.indexOf(line);
      if (at >= 0) named.splice(at, 1);
      else named.push(line);
      chosen.value = named.join(" ");
      text.value = named.length === 1 ? (lineOf(named[0])?.dataset.read ?? "") : "";
      show();
      side.scrollTop = 0;
    });
  }
  chosen.addEventListener("input", show);
  show();

  // What is written shows the page anew: it stands where it stood.
  const scrolled = [document.scrollingElement, document.querySelector(".desk-lines"), side];
  const kept = `desk ${location.pathname}`;
  document.addEventListener("submit", () => {
    sessionStorage.setItem(kept, JSON.stringify(scrolled.map((one) => one.scrollTop)));
  });
  addEventListener("load", () => {
    const places = JSON.parse(sessionStorage.getItem(kept) ?? "null");
    sessionStorage.removeItem(kept);
    if (places && !document.getElementById("fault")) scrolled.forEach((one, at) => { one.scrollTop = places[at]; });
  });

  const sign = () => document.querySelectorAll("input.by").forEach((field) => { field.value = by.value; });
  by.addEventListener("input", sign);
  sign();

  // Where a question stands: marked among the lines and in the articles, and both scrolled to it where asked for.
  const point = (question, scrolls) => {
    document.querySelectorAll(".here").forEach((one) => one.classList.remove("here"));
    for (const link of [...question.querySelectorAll(".place a")].reverse()) {
      const hash = link.getAttribute("href");
      const line = document.querySelector(hash);
      const fragments = [...document.querySelectorAll(`.from[href="${hash}"]`)];
      for (const one of [line, ...fragments]) one.classList.add("here");
      if (!scrolls) continue;
      line.scrollIntoView({ block: "center" });
      if (fragments[0]) fragments[0].scrollIntoView({ block: "center" });
    }
  };

  // A line is corrected where it stands, among the lines or in an article: one field, moved to where it is asked for.
  const leave = () => {
    document.querySelectorAll("form.mend").forEach((form) => form.remove());
    document.querySelectorAll(".mending").forEach((one) => one.classList.remove("mending"));
  };
  // How many characters of what is read stand before the place that was clicked; what is left out is counted.
  const before = (event, text) => {
    const at = document.caretRangeFromPoint?.(event.clientX, event.clientY);
    if (!at || !text.contains(at.startContainer)) return -1;
    const range = document.createRange();
    range.selectNodeContents(text);
    range.setEnd(at.startContainer, at.startOffset);
    const part = range.cloneContents();
    part.querySelectorAll("del").forEach((one) => one.remove());
    part.querySelectorAll("i").forEach((one) => { one.textContent = " ".repeat(one.dataset.out); });
    return part.textContent.length;
  };
  const mend = (place, number, caret = -1) => {
    const line = lineOf(number);
    if (!line) return;
    leave();
    const form = document.getElementById("mend").content.cloneNode(true).firstElementChild;
    const field = form.querySelector("textarea");
    field.value = line.dataset.read;
    field.lang = line.lang;
    form.querySelector("q").textContent = line.dataset.printed ?? line.dataset.read;
    form.querySelector("q").lang = line.lang;
    form.querySelector("[name='lines']").value = number;
    form.querySelector("[name='to']").value = `L${number}`;
    place.classList.add("mending");
    if (place.matches("li")) place.append(form);
    else place.after(form);
    sign();
    field.focus();
    const at = caret < 0 ? field.value.length : caret;
    field.setSelectionRange(at, at);
    form.scrollIntoView({ block: "nearest" });
  };
  document.querySelector(".desk-grid").addEventListener("click", (event) => {
    const asked = event.target.closest(".printed, .mends, .text");
    if (event.target.closest(".leave")) leave();
    // Whoever marks a text wants to take it away, not to change it.
    else if (asked && String(getSelection()) === "") {
      const { line } = asked.dataset;
      const caret = asked.matches(".mends") ? -1 : before(event, asked);
      // Of an article's text, what of the line stands elsewhere comes first.
      const other = asked.matches(".text") ? Math.max(0, lineOf(line).dataset.read.indexOf(asked.textContent)) : 0;
      mend(asked.closest("li, p"), line, caret < 0 ? caret : caret + other);
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest("form.mend");
    if (!form || event.isComposing) return;
    if (event.key === "Escape") {
      const line = form.querySelector("[name='lines']").value;
      leave();
      document.querySelector(`.pick[data-line="${line}"]`).focus();
    } else if (event.key === "Enter" && event.target.matches("textarea")) {
      form.querySelector("button").click();
    } else return;
    event.preventDefault();
  });

  const questions = [...document.querySelectorAll(".question")];
  for (const question of questions) {
    for (const link of question.querySelectorAll(".place a")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        point(question, true);
      });
    }
  }
  // Where the address names a place of the page, browsers leave autofocus alone.
  document.querySelector("#fault input[name='by']")?.focus();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const at = questions.findIndex((question) => question.contains(document.activeElement));
    const next = { j: Math.min(at + 1, questions.length - 1), k: Math.max(at - 1, 0) }[event.key];
    if (next !== undefined && questions[next]) {
      // Where the questions stand above the text, they stay in sight.
      point(questions[next], getComputedStyle(side).position === "sticky");
      questions[next].querySelector(".answers button").focus();
    }
    else if (event.key === "u") document.getElementById("undo").click();
    else if (event.key === "r") document.getElementById("redo").click();
    else if (event.key === "l") chosen.focus();
    else if (event.key === "c") {
      const line = document.activeElement.closest(".desk-lines li") ?? document.querySelector(".desk-lines .here");
      if (line) mend(line, line.value);
    }
    else return;
    event.preventDefault();
  });
})();
