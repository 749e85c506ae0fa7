// What a page can do beyond being read: filter timelines, say where the reader is, open what is folded when it is printed.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A field above each timeline; groups without a row that fits go too.
  const addFilter = table => {
    const rows = all("tbody tr", table).filter(row => !row.querySelector("[scope=rowgroup]"));
    const texts = rows.map(row => row.textContent.toLowerCase());
    const form = document.createElement("p"), label = document.createElement("label"), field = document.createElement("input");
    const count = document.createElement("span");
    form.className = "filter";
    field.type = "search";
    label.append(table.dataset.filter, field);
    count.setAttribute("role", "status");
    count.setAttribute("aria-live", "polite");
    form.append(label, count);
    table.parentElement.before(form);
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/);
      rows.forEach((row, i) => { row.hidden = !words.every(word => texts[i].includes(word)); });
      for (const body of table.tBodies) body.hidden = !all("tr", body).some(row => rows.includes(row) && !row.hidden);
      const found = table.dataset.found.replace("{part}", rows.filter(row => !row.hidden).length).replace("{all}", rows.length);
      count.textContent = field.value.trim() ? found : "";
    });
  };
  all("table[data-filter]").forEach(table => { if (table.rows.length > 8) addFilter(table); });

  // The entry of the section that is being read.
  for (const toc of all(".toc")) {
    const links = all(":scope > ol > li > a", toc);
    const sections = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const mark = () => {
      let current = 0;
      sections.forEach((section, i) => { if (section && section.getBoundingClientRect().top < 160) current = i; });
      links.forEach((link, i) => {
        if (i === current) link.setAttribute("aria-current", "location"); else link.removeAttribute("aria-current");
        link.parentElement.classList.toggle("current", i === current);
      });
    };
    addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
    mark();
  }

  // A link to a section that is folded opens it.
  const reveal = () => {
    const section = document.getElementById(decodeURIComponent(location.hash.slice(1))), fold = section?.querySelector(":scope > details");
    if (fold) fold.open = true;
  };
  reveal();
  addEventListener("hashchange", reveal);

  // Boxes that need not scroll need no focus.
  const boxes = all(".scroll");
  const settle = () => boxes.forEach(box => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; else box.removeAttribute("tabindex");
  });
  settle();
  addEventListener("resize", settle);

  let folded = [];
  addEventListener("beforeprint", () => { folded = all("details:not([open])"); folded.forEach(fold => { fold.open = true; }); });
  addEventListener("afterprint", () => folded.forEach(fold => { fold.open = false; }));
})();
