/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Extras. Every page works without this file; each block below helps where
 * the browser can and keeps quiet where it cannot. ES2018, no eval, no
 * request but the page's own address.
 *
 *   .errors                  gets the focus when the page opens
 *   [data-show="id"]         shows and hides that password field
 *   form[data-guard]         asks before a changed form is left;
 *                            data-guard="dirty" = changed already
 *   form[method=post]        is sent once, however often it is pressed
 *   [data-copy="text"|"#id"] copies;  data-done = the word afterwards
 *   [data-read="#id"]        reads aloud, and stops;  data-done = stop word
 *   [data-print]             opens the print window
 *   [data-all="name"]        ticks every box of that name
 *   [data-poll="seconds"]    fetches its own page until the attribute goes
 *   details.filter           starts folded on phones, unless [data-active]
 *   keys                     "/" search field, Esc hides a figure's rule;
 *                            html[data-keys="off"] turns "/" off
 *
 * A control that needs this file is written with `hidden`, and shown here.
 */
(function () {
  'use strict';
  var doc = document;
  var root = doc.documentElement;

  function all(selector, then) {
    Array.prototype.forEach.call(doc.querySelectorAll(selector), then);
  }

  /* Shows a control and swaps its words for data-done while it is on. */
  function reveal(control, press) {
    control.hidden = false;
    control.addEventListener('click', press);
  }

  function swap(control, on) {
    if (!control.dataset.off) control.dataset.off = control.textContent;
    control.textContent =
      on && control.dataset.done ? control.dataset.done : control.dataset.off;
  }

  /* One polite live region, made when there is something to say. */
  function say(words) {
    var live = doc.getElementById('said');
    if (!live) {
      live = doc.createElement('p');
      live.id = 'said';
      live.className = 'hide';
      live.setAttribute('role', 'status');
      doc.body.appendChild(live);
    }
    live.textContent = '';
    setTimeout(function () { live.textContent = words; }, 50);
  }

  function focusErrors() {
    var errors = doc.querySelector('.errors');
    if (errors) errors.focus();
  }

  function showPasswords() {
    all('[data-show]', function (button) {
      var field = doc.getElementById(button.dataset.show);
      if (!field) return;
      reveal(button, function () {
        var on = field.type === 'password';
        field.type = on ? 'text' : 'password';
        button.setAttribute('aria-pressed', String(on));
        field.focus();
      });
      if (field.form) field.form.addEventListener('submit', function () {
        field.type = 'password';   /* so that no browser remembers it as text */
      });
    });
  }

  function guardForms() {
    var dirty = false;
    all('form[data-guard]', function (form) {
      if (form.dataset.guard === 'dirty') dirty = true;
      form.addEventListener('input', function () { dirty = true; });
      form.addEventListener('change', function () { dirty = true; });
    });
    addEventListener('submit', function (event) {
      if (!event.defaultPrevented) dirty = false;
    });
    addEventListener('beforeunload', function (event) {
      if (!dirty) return;
      event.preventDefault();
      event.returnValue = '';
    });
  }

  function submitOnce() {
    var sent = [];
    doc.addEventListener('submit', function (event) {
      var form = event.target;
      if ((form.getAttribute('method') || '').toLowerCase() !== 'post') return;
      if (sent.indexOf(form) >= 0) return event.preventDefault();
      sent.push(form);
      /* Marked, not disabled: a disabled button would not be sent. */
      Array.prototype.forEach.call(form.querySelectorAll('.button'),
        function (button) { button.setAttribute('aria-busy', 'true'); });
      setTimeout(release, 8000);
    });
    function release() {
      sent = [];
      all('[aria-busy]', function (b) { b.removeAttribute('aria-busy'); });
    }
    addEventListener('pageshow', release);   /* back from the next page */
  }

  function copyText(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    return new Promise(function (good, bad) {  /* plain http on the LAN */
      var box = doc.createElement('textarea');
      box.value = text;
      box.className = 'hide';
      doc.body.appendChild(box);
      box.select();
      var ok = doc.execCommand('copy');
      doc.body.removeChild(box);
      if (ok) good(); else bad();
    });
  }

  function copyButtons() {
    all('[data-copy]', function (button) {
      reveal(button, function () {
        var what = button.dataset.copy;
        var from = what[0] === '#' && doc.querySelector(what);
        copyText(from ? from.value || from.textContent.trim() : what)
          .then(function () {
            swap(button, true);
            say(button.textContent);
            setTimeout(function () { swap(button, false); }, 3000);
          }, function () {});
      });
    });
  }

  /* Paragraph by paragraph: one long utterance is cut off by Chromium. */
  function readAloud() {
    var voice = window.speechSynthesis;
    if (!voice || !window.SpeechSynthesisUtterance) return;
    all('[data-read]', function (button) {
      var on = false;
      function stop() {
        on = false;
        voice.cancel();
        swap(button, false);
        button.setAttribute('aria-pressed', 'false');
      }
      function speak(lines) {
        if (!on) return;
        if (!lines.length) return stop();
        var line = new SpeechSynthesisUtterance(lines[0]);
        line.lang = root.lang;
        line.onend = function () { speak(lines.slice(1)); };
        line.onerror = stop;
        voice.speak(line);
      }
      reveal(button, function () {
        if (on) return stop();
        var lines = [];
        var part = doc.querySelector(button.dataset.read);
        if (!part) return;
        Array.prototype.forEach.call(
          part.querySelectorAll('h1,h2,h3,p,li,dt,dd,th,td'),
          function (block) {
            var text = block.innerText.trim();
            if (text && !block.querySelector('p,li')) lines.push(text);
          });
        on = true;
        voice.cancel();
        swap(button, true);
        button.setAttribute('aria-pressed', 'true');
        speak(lines);
      });
      addEventListener('pagehide', stop);
    });
  }

  function printButtons() {
    all('[data-print]', function (button) {
      reveal(button, function () { print(); });
    });
  }

  function tickAll() {
    all('[data-all]', function (box) {
      var rows = doc.getElementsByName(box.dataset.all);
      reveal(box, function () {
        Array.prototype.forEach.call(rows,
          function (row) { row.checked = box.checked; });
      });
      doc.addEventListener('change', function (event) {
        if (event.target.name === box.dataset.all) {
          box.checked = Array.prototype.every.call(rows,
            function (row) { return row.checked; });
        }
      });
    });
  }

  /*
   * The progress part is replaced by the same part of a fresh page. It stops
   * when the fresh part has no data-poll, rests while nobody looks, and
   * slows down when the server does not answer.
   */
  function poll() {
    var part = doc.querySelector('[data-poll][id]');
    var wait = 1000;
    if (!part || !window.fetch || !window.DOMParser) return;
    wait = Math.max(1000, part.dataset.poll * 1000 || 0);
    function again(ms) { setTimeout(look, ms); }
    function look() {
      if (doc.hidden) return again(1000);
      fetch(location.href, { credentials: 'same-origin' })
        .then(function (answer) {
          if (!answer.ok) throw answer.status;
          return answer.text();
        })
        .then(function (html) {
          var fresh = new DOMParser().parseFromString(html, 'text/html')
            .getElementById(part.id);
          if (!fresh) return location.reload();
          fresh = doc.importNode(fresh, true);
          part.parentNode.replaceChild(fresh, part);
          part = fresh;
          wait = Math.max(1000, part.dataset.poll * 1000 || 0);
          if (part.hasAttribute('data-poll')) again(wait);
          else say(part.innerText);
        })
        .catch(function () {
          wait = Math.min(wait * 2, 30000);
          again(wait);
        });
    }
    again(wait);
  }

  function foldFilters() {
    var narrow = window.matchMedia && matchMedia('(max-width: 640px)');
    if (!narrow || !narrow.matches) return;
    all('details.filter:not([data-active])', function (box) {
      box.open = false;
    });
  }

  function keys() {
    doc.addEventListener('keydown', function (event) {
      var at = event.target;
      var tip;
      if (event.key === 'Escape') {
        tip = doc.querySelectorAll('.fig:hover, .fig:focus-within');
        Array.prototype.forEach.call(tip, function (fig) {
          fig.classList.add('shut');
          function open() { fig.classList.remove('shut'); }
          fig.addEventListener('mouseleave', open, { once: true });
          fig.addEventListener('focusout', open, { once: true });
        });
      }
      if (event.key !== '/' || event.ctrlKey || event.metaKey ||
          event.altKey || root.dataset.keys === 'off' ||
          /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName) ||
          at.isContentEditable) return;
      var field = doc.querySelector('[type="search"]');
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
  }

  [focusErrors, showPasswords, guardForms, submitOnce, copyButtons, readAloud,
    printButtons, tickAll, poll, foldFilters, keys].forEach(function (extra) {
    try { extra(); } catch (ignored) { /* the page works without it */ }
  });
}());
