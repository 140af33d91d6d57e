package rehearsal

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Check says what is not as a test expects, a sentence each; nothing if all is.
func Check(want Expect, journal flow.Journal, effects []Effect) (problems []string) {
	add := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if want.Status != "" && want.Status != journal.Status {
		why := ""
		if journal.Problem != "" {
			why = " (" + journal.Problem + ")"
		}
		add("it ended as %s%s and not as %s", journal.Status, why, want.Status)
	}
	if !strings.Contains(journal.Problem, want.Problem) {
		add("its problem is “%s” and does not say “%s”", journal.Problem, want.Problem)
	}
	if want.Path != nil {
		if went := Path(journal); !samePath(want.Path, went) {
			add("it went %s and not %s", strings.Join(went, ", "), strings.Join(want.Path, ", "))
		}
	}
	if want.Effects != nil {
		checkEffects(*want.Effects, effects, add)
	}
	return problems
}

// Path is the way of a run: each action with the port by which it left, in a flow that was called with where that was.
func Path(journal flow.Journal) []string {
	went := make([]string, 0, len(journal.Steps))
	for _, s := range journal.Steps {
		at := string(s.Place())
		if s.Port != "" {
			at += ":" + string(s.Port)
		}
		went = append(went, at)
	}
	return went
}

func samePath(want, went []string) bool {
	if len(want) != len(went) {
		return false
	}
	for i := range want {
		action, _, _ := cutPort(went[i])
		if want[i] != went[i] && want[i] != action {
			return false
		}
	}
	return true
}

// cutPort divides an action and its port; an id may have colons of its own.
func cutPort(at string) (action, port string, found bool) {
	i := strings.LastIndex(at, ":")
	if i < 0 {
		return at, "", false
	}
	return at[:i], at[i+1:], true
}

func checkEffects(want, effects []Effect, add func(string, ...any)) {
	for i, w := range want {
		if i >= len(effects) {
			add("it did not do %s", w)
			continue
		}
		if got := effects[i]; !w.in(got) {
			add("its effect number %d is %s and not %s", i+1, got, w)
		}
	}
	for _, more := range effects[min(len(want), len(effects)):] {
		add("it did %s besides", more)
	}
}

// in says whether an effect is as it is wanted.
func (x Effect) in(got Effect) bool {
	if x.Action != "" && x.Action != got.Action || x.Block != "" && x.Block != got.Block {
		return false
	}
	for name, value := range x.With {
		if !reflect.DeepEqual(value, got.With[name]) {
			return false
		}
	}
	return true
}

// String is the effect in one line.
func (x Effect) String() string {
	with, err := json.Marshal(x.With)
	if err != nil || len(x.With) == 0 {
		with = nil
	}
	return strings.TrimSpace(fmt.Sprintf("%s (%s) %s", x.Block, x.Action, with))
}
