/* Bolig først: shortcuts, focus and the few things HTML cannot do alone. Every page works without it. */
(function () {
  "use strict";

  var doc = document;
  var body = doc.body;

  function find(selector, root) { return (root || doc).querySelector(selector); }
  function all(selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); }
  function visible(node) { return Boolean(node) && node.checkVisibility({ visibilityProperty: true }); }

  /* --- current tab into view, where the browser does not do it by itself --- */
  function showCurrentTab() {
    all(".tabs").forEach(function (tabs) {
      var current = find("[aria-current]", tabs);
      if (current) {
        tabs.scrollLeft = current.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
      }
    });
  }

  /* --- details.more: one open at a time, closed by Escape or a click elsewhere --- */
  function closeMore(except) {
    all("details.more[open]").forEach(function (more) {
      if (more !== except && !more.contains(except)) { more.open = false; }
    });
  }
  doc.addEventListener("click", function (event) { closeMore(event.target.closest("details.more")); });
  doc.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    var more = event.target.closest && event.target.closest("details.more[open]");
    closeMore(null);
    if (more) { find("summary", more).focus(); }
  });

  /* --- single-letter shortcuts; a person can switch them off on the help page --- */
  function typing(node) {
    return node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName);
  }
  function items() { return all("[data-item], .main .wl, .main .tbl tbody tr").filter(visible); }
  function doorOf(item) { return find("a.plain, th a, a, button", item); }
  function move(step) {
    var list = items();
    if (!list.length) { return; }
    var here = list.findIndex(function (item) { return item.contains(doc.activeElement); });
    var next = list[here < 0 ? (step > 0 ? 0 : list.length - 1) : here + step];
    var door = next && doorOf(next);
    if (door) { door.focus(); next.scrollIntoView({ block: "nearest" }); }
  }
  function follow(key) {
    var links = all("[data-key]").filter(function (node) { return node.dataset.key === key; });
    var link = links.find(visible) || links[0];
    if (link) { link.click(); }
    return Boolean(link);
  }
  function snooze() {
    var item = items().find(function (node) { return node.contains(doc.activeElement); });
    var more = item && find("details.more", item);
    if (!more) { return; }
    more.open = true;
    var field = find("input:not([type=hidden]), select, textarea, button", more);
    if (field) { field.focus(); }
  }
  doc.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    if (body.dataset.keys === "off") { return; }
    var search = find("#q");
    if (event.key === "/" && visible(search)) { event.preventDefault(); search.focus(); search.select(); }
    else if (event.key === "j") { move(1); }
    else if (event.key === "k" && !follow("k")) { move(-1); }
    else if (event.key === "u") { event.preventDefault(); snooze(); }
    else if (/^[ng?]$/.test(event.key) && follow(event.key)) { event.preventDefault(); }
  });

  /* --- forms: a second press of the same button sends nothing --- */
  function release(form) {
    delete form.dataset.sent;
    all("[aria-busy]", form).forEach(function (button) {
      button.removeAttribute("aria-busy");
      if (button.dataset.idle) { button.textContent = button.dataset.idle; delete button.dataset.idle; }
      button.style.minWidth = "";
    });
  }
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) { return; }
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = "1";
    var button = event.submitter;
    if (!button) { return; }
    button.style.minWidth = button.offsetWidth + "px";
    button.setAttribute("aria-busy", "true");
    if (button.dataset.busy) { button.dataset.idle = button.textContent; button.textContent = button.dataset.busy; }
  }, true);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { all("form[data-sent]").forEach(release); }
  });

  /* --- errors take the focus when the page comes back with them --- */
  var summary = find("[data-errors]");
  if (summary) { summary.focus(); }

  /* --- print: the page was asked for in order to be printed --- */
  all("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () { window.print(); });
  });

  /* --- copy: offered only where it can be done --- */
  if (navigator.clipboard) {
    all("[data-copy]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(doc.getElementById(button.dataset.copy).value).then(function () {
          var said = find("#copied");
          if (said) { said.textContent = said.dataset.done; }
        });
      });
    });
  }

  /* --- htmx --- */
  var token = find("meta[name=csrf-token]");
  doc.addEventListener("htmx:configRequest", function (event) {
    if (token && event.detail.verb !== "get") { event.detail.headers["X-CSRFToken"] = token.content; }
  });

  function say(text) {
    var region = find("#result");
    if (!region || !text) { return; }
    region.textContent = "";
    var alert = doc.createElement("div");
    alert.className = "alert alert-over";
    var line = doc.createElement("p");
    line.textContent = text;
    alert.appendChild(line);
    region.appendChild(alert);
    region.scrollIntoView({ block: "nearest" });
  }
  function told(name) {
    var region = find("#result");
    return region ? region.dataset[name] : "";
  }
  /* A form that was not sent can be sent again. One that tells by itself what happened says data-tells. */
  doc.addEventListener("htmx:sendError", function (event) {
    all("form[data-sent]").forEach(release);
    if (!event.target.closest("[data-tells]")) { say(told("offline")); }
  });
  doc.addEventListener("htmx:responseError", function (event) {
    all("form[data-sent]").forEach(release);
    say(event.detail.xhr.status === 404 ? told("gone") : told("failed"));
  });

  /* The login page must never land inside a panel: the session is over, so the whole page goes there. */
  doc.addEventListener("htmx:beforeSwap", function (event) {
    var login = body.dataset.login;
    var answered = event.detail.xhr.responseURL;
    if (login && answered && new URL(answered).pathname === login && location.pathname !== login) {
      event.detail.shouldSwap = false;
      location.assign(login + "?next=" + encodeURIComponent(location.pathname + location.search));
    }
  });

  /* After a swap the focus goes to the errors, else to the changed part's heading (on a case the one below
     the tabs: the citizen's name above them is the same on every page), unless the person is
     still typing in a field that survived, or the part loaded by itself. */
  doc.addEventListener("htmx:afterSettle", function (event) {
    var part = event.detail.target && event.detail.target.isConnected ? event.detail.target : event.detail.elt;
    showCurrentTab();
    all("form[data-sent]").forEach(release);
    if (!part || !part.isConnected || part.id === "result" || part.closest("[data-quiet]")) { return; }
    if (typing(doc.activeElement) && !part.contains(doc.activeElement)) { return; }
    if (typing(doc.activeElement) && event.detail.requestConfig && event.detail.requestConfig.elt === doc.activeElement) { return; }
    var goal = find("[data-errors]", part) || find("[autofocus]", part) || find(".tabs ~ * h2, .tabs ~ h2", part) || find("h1, h2, h3", part);
    if (!goal) { return; }
    if (!goal.hasAttribute("tabindex") && !goal.matches("a, button, input, select, textarea")) { goal.tabIndex = -1; }
    goal.focus({ preventScroll: visible(goal) && goal.getBoundingClientRect().top >= 0 });
  });

  showCurrentTab();
})();
