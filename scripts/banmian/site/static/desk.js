// The desk works without this: it picks lines by a click, remembers initials between forms, and knows some keys.
(() => {
  const chosen = document.getElementById("chosen");
  const by = document.getElementById("by");
  const text = document.getElementById("text");
  const side = document.querySelector(".desk-side");
  const picks = [...document.querySelectorAll(".pick")];
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
      text.value = named.length === 1 ? document.querySelector(`#L${named[0]} .printed`).dataset.printed : "";
      show();
      side.scrollTop = 0;
    });
  }
  chosen.addEventListener("input", show);
  show();

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
    else return;
    event.preventDefault();
  });
})();
