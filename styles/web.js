/* The site's script. The site works without it, except the search, the copy buttons and the memory of the colour scheme.
   It also marks the current place in the contents. */
(function () {
  "use strict";

  var root = document.documentElement, KEPT = "compositor-ground";

  function kept() {
    try { return localStorage.getItem(KEPT) || ""; } catch (error) { return ""; }
  }

  function keep(ground) {
    try {
      if (ground) localStorage.setItem(KEPT, ground); else localStorage.removeItem(KEPT);
    } catch (error) { /* a browser without storage */ }
  }

  function show(ground) {
    if (ground) root.dataset.ground = ground; else delete root.dataset.ground;
  }

  show(kept());

  function made(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }

  function grounds() {
    document.querySelectorAll("#press-grounds input").forEach(function (input) {
      input.checked = input.value === (kept() || "automatic");
      input.addEventListener("change", function () {
        var ground = input.value === "automatic" ? "" : input.value;
        keep(ground);
        show(ground);
      });
    });
  }

  /* The text of a listing, without its marks; of a session, the typed text */
  function typed(listing) {
    var copy = listing.cloneNode(true);
    copy.querySelectorAll(".annotation, .copy").forEach(function (one) { one.remove(); });
    if (!listing.matches(".console")) return copy.textContent;
    copy.querySelectorAll(".o").forEach(function (one) { one.remove(); });
    return Array.from(copy.querySelectorAll(".row"), function (row) {
      var prompts = row.querySelectorAll(".p");
      if (!prompts.length) return "";
      prompts.forEach(function (one) { one.remove(); });
      return row.textContent.replace(/\s+$/, "") + "\n";
    }).join("") || listing.textContent;
  }

  function listings() {
    if (!navigator.clipboard) return;
    document.querySelectorAll("main pre:not(.output)").forEach(function (listing) {
      var around = made("div", "listed"), button = made("button", "copy", document.body.dataset.copy);
      button.type = "button";
      listing.replaceWith(around);
      around.append(listing, button);
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(typed(listing)).then(function () {
          button.textContent = document.body.dataset.copied;
          button.classList.add("done");
          setTimeout(function () {
            button.textContent = document.body.dataset.copy;
            button.classList.remove("done");
          }, 1600);
        });
      });
    });
  }

  /* The current heading is the last one above the upper third of the window */
  function place() {
    var contents = document.getElementById("press-contents");
    var page = contents && contents.querySelector("[aria-current=page]");
    var links = contents ? contents.querySelectorAll("a[href^='#']") : [];
    if (page && page.scrollIntoView && getComputedStyle(contents).position === "sticky") {
      contents.scrollTop = page.offsetTop - contents.clientHeight / 3;
    }
    if (!links.length) return;
    var marked = null, waiting = false;
    function mark() {
      var here = null;
      waiting = false;
      links.forEach(function (link) {
        var heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (heading && heading.getBoundingClientRect().top < innerHeight / 3) here = link;
      });
      if (here === marked) return;
      if (marked) marked.removeAttribute("aria-current");
      if (here) here.setAttribute("aria-current", "location");
      marked = here;
    }
    addEventListener("scroll", function () {
      if (!waiting) { waiting = true; requestAnimationFrame(mark); }
    }, { passive: true });
    links.forEach(function (link) {
      link.addEventListener("click", function () { if (contents.matches(":popover-open")) contents.hidePopover(); });
    });
    mark();
  }

  /* A box with wider content scrolls, also with the keyboard */
  function boxes() {
    document.querySelectorAll("main .scrolls, main .equation").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    });
  }

  /* Search ---------------------------------------------------------------------------------------------------- */

  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  /* How well a section matches: no word may be missing; titles, and beginnings of words, count for more */
  function score(section, words) {
    var total = 0;
    for (var i = 0; i < words.length; i++) {
      var word = words[i], title = section.title.indexOf(word), at = section.text.indexOf(word);
      if (title < 0 && at < 0) return 0;
      if (title >= 0) total += 40;
      for (var times = 0; at >= 0 && times < 8; times++) {
        total += at === 0 || /[^\p{L}\p{N}]/u.test(section.text[at - 1]) ? 3 : 1;
        at = section.text.indexOf(word, at + word.length);
      }
    }
    return total;
  }

  /* The words around the first match, with all matches marked */
  function excerpt(section, words) {
    var line = made("span"), text = section.shown, low = text.toLowerCase(), first = text.length;
    words.forEach(function (word) {
      var at = low.indexOf(word);
      if (at >= 0) first = Math.min(first, at);
    });
    var start = first === text.length ? 0 : Math.max(0, text.lastIndexOf(" ", Math.max(0, first - 50)) + 1);
    var end = start + 170 < text.length ? Math.max(text.lastIndexOf(" ", start + 170), start + 100) : text.length;
    var piece = text.slice(start, end);
    line.append((start ? "… " : ""));
    for (var at = 0; at < piece.length;) {
      var next = -1, found = "";
      words.forEach(function (word) {
        var place = piece.toLowerCase().indexOf(word, at);
        if (place >= 0 && (next < 0 || place < next)) { next = place; found = word; }
      });
      if (next < 0) { line.append(piece.slice(at)); break; }
      line.append(piece.slice(at, next), made("mark", "", piece.slice(next, next + found.length)));
      at = next + found.length;
    }
    if (end < text.length) line.append(" …");
    return line;
  }

  /* The sections of a book that is one page: the text under each heading, from the page itself */
  function inside() {
    var found = [], last = null, page = "", skipped = "nav, svg, math, .noteref, .permalink, .copy, [role=doc-backlink]";
    var walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
      function (node) {
        if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
        if (node.matches(skipped)) return NodeFilter.FILTER_REJECT;
        return node.matches(":is(h1, h2, h3, h4, h5, h6)[id]") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
      });
    while (walker.nextNode()) {
      var node = walker.currentNode, section = found[found.length - 1];
      if (node.nodeType !== Node.TEXT_NODE) {
        var title = node.textContent.replace(/\s+/g, " ").trim();
        if (node.localName === "h1") page = title;
        found.push([node.id, title, "", page]);
      } else if (section && !node.parentElement.closest("h1, h2, h3, h4, h5, h6")) {
        var block = node.parentElement.closest("p, li, dt, dd, td, th, caption, figcaption, pre");
        section[2] += (block === last ? "" : " ") + node.data;
        last = block;
      }
    }
    return found.map(function (one) {
      return ["", one[0], one[1], one[2].replace(/\s+/g, " ").trim(), one[3]];
    });
  }

  function search() {
    var drawer = document.getElementById("press-search"), opener = document.querySelector(".for-search");
    if (!drawer || !opener || !drawer.showPopover) return;
    var query = drawer.querySelector("input"), list = drawer.querySelector("ol"), said = drawer.querySelector("p");
    var sections = null, loading = false;
    opener.hidden = false;

    function take(index) {
      sections = index.map(function (one) {
        return { href: one[0] + (one[1] ? "#" + encodeURIComponent(one[1]) : ""), name: one[2] || one[4], page: one[4],
                 shown: one[3], title: plain(one[2]), text: plain(one[3]) };
      });
      find();
    }

    function load() {
      if (sections || loading) return;
      loading = true;
      if (!drawer.dataset.index) { take(inside()); return; }
      var script = made("script");
      script.src = drawer.dataset.index;
      script.onload = function () { take(window.compositorIndex); };
      document.head.append(script);
    }

    function find() {
      var words = plain(query.value).split(/\s+/).filter(Boolean);
      list.textContent = said.textContent = "";
      if (!sections || !words.length) return;
      var found = sections.map(function (section) { return { section: section, score: score(section, words) }; })
        .filter(function (one) { return one.score > 0; })
        .sort(function (one, other) { return other.score - one.score; });
      if (!found.length) said.textContent = drawer.dataset.nothing;
      found.slice(0, 30).forEach(function (one) {
        var item = made("li"), link = made("a"), section = one.section;
        link.href = section.href;
        link.append(made("b", "", section.name));
        if (section.page !== section.name) link.append(made("span", "", section.page));
        link.append(excerpt(section, words));
        link.addEventListener("click", function () { drawer.hidePopover(); });
        item.append(link);
        list.append(item);
      });
    }

    drawer.addEventListener("toggle", function (event) {
      if (event.newState === "open") { load(); query.focus(); query.select(); }
    });
    query.addEventListener("input", find);
    drawer.addEventListener("keydown", function (event) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      var links = [query].concat(Array.from(list.querySelectorAll("a"))), at = links.indexOf(document.activeElement);
      var next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) { event.preventDefault(); next.focus(); }
    });
    addEventListener("keydown", function (event) {
      var typing = /^(input|textarea|select)$/i.test(document.activeElement.tagName);
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        drawer.showPopover();
      }
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    grounds();
    listings();
    place();
    boxes();
    search();
  });
}());
