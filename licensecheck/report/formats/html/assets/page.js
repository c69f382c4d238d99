"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const WORDS = ["deny", "review", "allow"];
  const { words: spoken, table } = JSON.parse(byId("table").textContent);
  const say = (template, given) => (spoken[template] || template).replace(/\{(\w+)\}/g, (_, name) => given[name]);
  const MOST = 60;
  const cards = all(".card");

  const sources = (n) => (n === 1 ? say("1 source") : say("{count} sources", { count: n }));
  const badge = (rank) => {
    const made = document.createElement("span");
    made.className = `badge ${WORDS[rank]}`;
    made.textContent = say(WORDS[rank]);
    return made;
  };

  // Other uses: every answer is in the table already.

  const prepare = () => {
    const controls = ["intent", "purpose", "scope", "outbound"].map((name) => byId(`whatif-${name}`));
    const split = table.rows.map((row) => row.split(" "));
    const purposes = 1 + Math.max(...table.purpose);
    const scopes = 1 + Math.max(...table.scope);
    const rankAt = (row, [intent, purpose, scope, outbound]) => {
      const word = split[row][(intent * purposes + table.purpose[purpose]) * scopes + table.scope[scope]];
      return Number(word.length === 1 ? word : word[outbound]);
    };
    const totalOf = (ranks) => Math.min(table.most, ...ranks);
    const chosen = () => controls.map((control) => Number(control.value));
    const declared = cards.map((card) => WORDS.indexOf(card.dataset.decision));
    const declaredTotal = WORDS.indexOf(byId("whatif-answer").dataset.declared);

    const command = (use) => {
      const [intents, forWhat, who, under, rest] = table.words;
      const own = table.own[use[0]] === use[2];
      const words = [intents[use[0]], forWhat[use[1]], own ? "" : who[use[2]], under[use[3]], rest];
      return [table.command, ...words].filter(Boolean).join(" ");
    };

    const show = () => {
      const use = chosen();
      const same = use.every((value, axis) => value === table.start[axis]);
      const ranks = split.map((_, row) => rankAt(row, use));
      const total = totalOf(ranks);
      const sums = [0, 0, 0];
      ranks.forEach((rank, row) => { sums[rank] += table.counts[row]; });
      const line = byId("whatif-total");
      const said = WORDS.map((word, rank) => (sums[rank] ? say("{count} {decision}", { count: sums[rank], decision: say(word) }) : "")).filter(Boolean).join(", ");
      const was = same ? say("This is the declared use.") : total === declaredTotal
        ? say("It is the same as for the declared use.")
        : say("The declared use gets {decision}.", { decision: say(WORDS[declaredTotal]) });
      const kept = table.most < 2 && Math.min(...ranks) === 2 ? say("What it contains keeps it at review.") : "";
      const sentences = same ? [was] : [say("Of the sources: {counts}.", { counts: said }), kept, was];
      line.replaceChildren(badge(same ? declaredTotal : total), ` ${sentences.filter(Boolean).join(" ")}`);
      const changes = document.createDocumentFragment();
      let changed = 0;
      let count = 0;
      cards.forEach((card, n) => {
        const rank = same ? declared[n] : ranks[Number(card.dataset.row)];
        const other = card.querySelector(".other");
        const differs = rank !== declared[n];
        if (differs || !other.hidden) {
          other.hidden = !differs;
          other.replaceChildren(...(differs ? [say("what if: "), badge(rank)] : []));
        }
        if (!differs) return;
        changed += 1;
        count += Number(card.dataset.count);
        if (changed > MOST) return;
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = `#${card.id}`;
        link.append(...Array.from(card.querySelector(".name").childNodes, (node) => node.cloneNode(true)));
        const many = Number(card.dataset.count) > 1 ? ` (${sources(Number(card.dataset.count))})` : "";
        item.append(link, `${many}: ${say(WORDS[declared[n]])} → ${say(WORDS[rank])}`);
        changes.append(item);
      });
      if (!changed) {
        const item = document.createElement("li");
        item.textContent = say("no source gets another answer");
        changes.append(item);
      } else if (changed > MOST) {
        const item = document.createElement("li");
        item.textContent = say("and {more} more; {count} sources in all", { more: changed - MOST, count });
        changes.append(item);
      }
      byId("whatif-changes").replaceChildren(changes);
      byId("whatif-command").textContent = command(use);
      byId("whatif-more").hidden = same;
      byId("whatif-reset").disabled = same;
    };

    controls[0].addEventListener("change", () => {
      controls[2].value = String(table.own[Number(controls[0].value)]);
    });
    controls.forEach((control) => control.addEventListener("change", show));
    byId("whatif-reset").addEventListener("click", () => {
      controls.forEach((control, axis) => { control.value = String(table.start[axis]); });
      show();
      controls[0].focus();
    });
    byId("whatif-form").hidden = false;
    byId("whatif-answer").hidden = false;
    show();
  };
  if (byId("whatif-form")) prepare();

  // The filter: words are gathered when it is first used.

  const filter = () => {
    let index = null;
    const plain = (text) => text.normalize("NFC").toLowerCase();
    const gather = () => cards.map((card) => {
      const members = all(".member", card).map((item) => ({ item, words: plain(item.textContent) }));
      const words = plain(card.querySelector(".under").textContent + (members.length ? "" : ` ${card.textContent}`));
      return { card, members, words, opened: false };
    });
    const apply = () => {
      index = index || gather();
      const asked = plain(byId("filter-words").value.trim()).split(/\s+/).filter(Boolean);
      const wanted = new Set(all("#filter input:checked").map((box) => box.dataset.decision));
      const holds = (words) => asked.every((word) => words.includes(word));
      let shown = 0;
      let found = 0;
      const narrowed = [];
      for (const entry of index) {
        const decided = wanted.has(entry.card.dataset.decision);
        const whole = holds(entry.words);
        let here = 0;
        if (entry.members.length) {
          for (const { item, words } of entry.members) {
            const kept = whole || asked.every((word) => words.includes(word) || entry.words.includes(word));
            if (item.hidden === kept) item.hidden = !kept;
            if (kept) here += 1;
          }
        } else if (whole) {
          here = 1;
        }
        const kept = decided && here > 0;
        if (entry.card.hidden === kept) entry.card.hidden = !kept;
        if (!kept) continue;
        shown += here;
        found += 1;
        if (!whole) narrowed.push(entry);
      }
      for (const entry of index) {
        const open = asked.length > 0 && narrowed.length <= 8 && narrowed.includes(entry);
        if (open && !entry.card.open) {
          entry.card.open = entry.opened = true;
        } else if (!open && entry.opened) {
          entry.card.open = entry.opened = false;
        }
      }
      const every = index.reduce((sum, entry) => sum + (entry.members.length || 1), 0);
      byId("filter-count").textContent = shown === every ? "" : say("{shown} of {count} sources shown", { shown, count: every });
    };
    let waiting = 0;
    byId("filter-words").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(apply, 60);
    });
    all("#filter input[type=checkbox]").forEach((box) => box.addEventListener("change", apply));
    const toggle = (open) => cards.forEach((card) => { if (!card.hidden) card.open = open; });
    byId("open-all").addEventListener("click", () => toggle(true));
    byId("close-all").addEventListener("click", () => toggle(false));
    byId("filter").hidden = false;
  };
  if (byId("filter") && (cards.length > 3 || all(".member").length)) filter();

  // Copying: the texts can be selected by hand as well.

  const textOf = (element) => {
    const parts = element.matches(".copyable") ? [element] : all(".copyable", element);
    return parts.map((part) => part.textContent.trim()).join("\n");
  };
  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  const copy = async (button) => {
    const source = byId(button.dataset.copy);
    let done = false;
    try {
      await navigator.clipboard.writeText(textOf(source));
      done = true;
    } catch {
      select(source);
      done = source.matches(".copyable") && document.execCommand("copy");
    }
    const word = button.textContent;
    byId("status").textContent = done ? say("Copied.") : say("Selected: copy it with the keyboard.");
    button.textContent = done ? say("Copied") : say("Selected");
    setTimeout(() => { button.textContent = word; }, 1500);
  };
  all("button.copy").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => { if (![say("Copied"), say("Selected")].includes(button.textContent)) copy(button); });
  });

  // A link to a card opens it; paper shows what is folded.

  const openTarget = () => {
    const target = location.hash.length > 1 ? byId(location.hash.slice(1)) : null;
    if (target && target.matches("details")) target.open = true;
  };
  addEventListener("hashchange", openTarget);
  byId("whatif-changes")?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    const card = byId(link.hash.slice(1));
    card.hidden = false;
    card.open = true;
    card.scrollIntoView();
    card.querySelector("summary").focus({ preventScroll: true });
  });
  openTarget();
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    folded.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => {
    folded.forEach((details) => { details.open = false; });
    folded = [];
  });
})();
