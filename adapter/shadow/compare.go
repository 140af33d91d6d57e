package shadow

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Change is one effect that is not as it was: Draft in the place of Recorded. Without one of them the other is added, or missing.
type Change struct{ Draft, Recorded *Effect }

// maxAligned bounds how many effects are aligned with each other: a run of so many that differ differs anyhow.
const maxAligned = 60

// compare tells where what a draft does is not what was done. If the draft was not followed to its end, nothing is missing behind its
// last effect that is as it was. hidden says that something differs which nobody may see, or may not.
func compare(recorded, draft []Effect, stopped bool, mark string) (changes []Change, hidden bool) {
	was, would := keysOf(recorded), keysOf(draft)
	first := 0
	for first < len(was) && first < len(would) && was[first] == would[first] {
		first++
	}
	last := 0
	for !stopped && last < len(was)-first && last < len(would)-first && was[len(was)-1-last] == would[len(would)-1-last] {
		last++
	}
	recorded, draft = recorded[first:len(recorded)-last], draft[first:len(draft)-last]
	same := aligned(was[first:len(was)-last], would[first:len(would)-last])
	r, d := 0, 0
	for _, pair := range append(same, [2]int{len(recorded), len(draft)}) {
		open := stopped && pair[0] == len(recorded) && pair[1] == len(draft)
		changes = append(changes, hunk(recorded[r:pair[0]], draft[d:pair[1]], open)...)
		r, d = pair[0]+1, pair[1]+1
	}
	return sure(changes, mark)
}

// hunk pairs effects of a stretch in which none is the same. If it is open, what was done there may still come.
func hunk(recorded, draft []Effect, open bool) (changes []Change) {
	for i := range max(len(recorded), len(draft)) {
		switch {
		case i >= len(draft):
			if !open {
				changes = append(changes, Change{Recorded: &recorded[i]})
			}
		case i >= len(recorded) || open && recorded[i].Verb != draft[i].Verb:
			changes = append(changes, Change{Draft: &draft[i]})
		default:
			changes = append(changes, Change{Draft: &draft[i], Recorded: &recorded[i]})
		}
	}
	return changes
}

// sure leaves out what differs only by what nobody may see: whether it does cannot be told.
func sure(all []Change, mark string) (changes []Change, hidden bool) {
	for _, c := range all {
		if mark != "" && c.Draft != nil && c.Recorded != nil && c.Draft.Verb == c.Recorded.Verb && onlyHidden(c, mark) {
			hidden = true
			continue
		}
		changes = append(changes, c)
	}
	return changes, hidden
}

func onlyHidden(c Change, mark string) bool {
	for _, name := range differing(c.Draft.With, c.Recorded.With) {
		if !holds(c.Draft.With[name], mark) && !holds(c.Recorded.With[name], mark) {
			return false
		}
	}
	return true
}

// differing are the names of arguments that are not the same.
func differing(would, was map[string]any) (names []string) {
	all := map[string]bool{}
	for _, with := range []map[string]any{would, was} {
		for name := range with {
			all[name] = true
		}
	}
	for _, name := range flow.SortedKeys(all) {
		if textOf(would[name]) != textOf(was[name]) {
			names = append(names, name)
		}
	}
	return names
}

func keysOf(effects []Effect) []string {
	keys := make([]string, len(effects))
	for i, e := range effects {
		keys[i] = string(e.Verb) + " " + e.What + " " + textOf(e.With)
	}
	return keys
}

// aligned are pairs of places that hold the same, as many as there can be, in order.
func aligned(a, b []string) (pairs [][2]int) {
	if len(a) > maxAligned || len(b) > maxAligned {
		return nil
	}
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if longest[i][j] = max(longest[i+1][j], longest[i][j+1]); a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// String is the change in a sentence without its end.
func (c Change) String() string {
	switch {
	case c.Recorded == nil:
		return "would " + c.Draft.doing(false) + besides(c.Draft)
	case c.Draft == nil:
		return "would not " + c.Recorded.doing(false) + besides(c.Recorded)
	case c.Draft.Verb == c.Recorded.Verb && c.Draft.What == c.Recorded.What:
		return "would " + c.Draft.doing(false) + " with " + otherwise(c.Draft.With, c.Recorded.With)
	}
	return "would " + c.Draft.doing(false) + besides(c.Draft) + " instead of " + c.Recorded.doing(true) + besides(c.Recorded)
}

// besides are what an effect is done with where nothing else tells it apart.
func besides(e *Effect) string {
	if e.Verb != Command && e.Verb != Attributes || len(e.With) == 0 {
		return ""
	}
	return " with " + short(textOf(e.With))
}

// doings are how effects are said: as in “would dial”, and as in “instead of dialling”.
var doings = map[Verb][2]string{
	Pop: {"pop %s", "popping %s"}, Search: {"search for %s and pop what is found", "searching for %s and popping what is found"},
	Dial: {"dial %s", "dialling %s"}, Create: {"create a %s", "creating a %s"}, Update: {"update %s", "updating %s"},
	Request: {"send a %s", "sending a %s"}, Attributes: {"set attributes of the contact%s", "setting attributes of the contact%s"},
	Recording: {"%s the recording", "%sing the recording"}, Command: {"do “%s”", "doing “%s”"},
}

func (e *Effect) doing(instead bool) string {
	form := doings[e.Verb][0]
	what := e.What
	if instead {
		form = doings[e.Verb][1]
		if e.Verb == Recording && what == "stop" {
			what = "stopp"
		}
	}
	return fmt.Sprintf(form, short(what))
}

// String is the effect as it would be done.
func (e *Effect) String() string { return e.doing(false) + besides(e) }

// maxNamed is how many arguments are named that differ.
const maxNamed = 3

// otherwise names the arguments that are not as they were.
func otherwise(would, was map[string]any) string {
	var named []string
	for _, name := range differing(would, was) {
		named = append(named, fmt.Sprintf("%s %s instead of %s", short(name), shown(textOf(would[name])), shown(textOf(was[name]))))
	}
	if more := len(named) - maxNamed; more > 0 {
		named = append(named[:maxNamed], fmt.Sprintf("%d more", more))
	}
	return strings.Join(named, ", ")
}

func shown(text string) string {
	if text == "null" || text == `""` {
		return "nothing"
	}
	return short(text)
}

func textOf(v any) string {
	body, err := json.Marshal(v)
	if err != nil {
		return "null"
	}
	return string(body)
}

// maxShown bounds what is shown of a value, in bytes.
const maxShown = 160

func short(text string) string {
	if len(text) <= maxShown {
		return text
	}
	return strings.ToValidUTF8(text[:maxShown], "") + "…"
}
