// The page as it came in: what the pointer or the keyboard is at lights up on the other side and in the picture, and
// where a link leads to one side, the other one scrolls to the same text.
(() => {
  const alike = (at) => document.querySelectorAll(`[data-at="${CSS.escape(at)}"]`);
  const lit = (at, on) => {
    for (const same of alike(at)) same.classList.toggle("lit", on);
  };
  const place = (event) => event.target.closest?.("[data-at]")?.dataset.at;
  for (const [come, go] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(come, (event) => place(event) && lit(place(event), true));
    document.addEventListener(go, (event) => place(event) && lit(place(event), false));
  }
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const at = target?.closest(".side") && (target.closest("[data-at]") ?? target.querySelector("[data-at]"))?.dataset.at;
    if (!at) return;
    for (const same of alike(at)) {
      const side = same.closest(".side");
      if (!side || side.contains(target) || side.scrollHeight <= side.clientHeight) continue;
      side.scrollTop += same.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 3;
    }
  };
  window.addEventListener("hashchange", follow);
  window.addEventListener("load", follow);
})();
