// What Datasette's pages hold as scripts, as a file: no script stands in a page.

// table.js asks for it.
var DATASETTE_ALLOW_FACET = document.currentScript.dataset.allowFacet === "true";

/* What table.js says stands in the language of the page; nobody needs the type of a column in its menu. */
Object.entries(JSON.parse(document.currentScript.dataset.words || "{}")).forEach(([selector, words]) => {
    document.querySelectorAll(selector).forEach((element) => {
        if (element.hasAttribute("aria-label")) {
            element.setAttribute("aria-label", words);
        } else {
            element.textContent = words;
        }
    });
});

document.body.addEventListener('click', (ev) => {
    /* Close any open menu that this click is outside of; what else is folded open stays so */
    var target = ev.target;
    var detailsClickedWithin = null;
    while (target && target.tagName != 'DETAILS') {
        target = target.parentNode;
    }
    if (target && target.tagName == 'DETAILS') {
        detailsClickedWithin = target;
    }
    Array.from(document.querySelectorAll('details.nav-menu, details.actions-menu-links')).filter(
        (details) => details.open && details != detailsClickedWithin
    ).forEach(details => details.open = false);
});
