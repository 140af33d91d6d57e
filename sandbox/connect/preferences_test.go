package connect

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestAnAgentChangesTheOwnConfiguration(t *testing.T) {
	soft, desk, number, none, word := true, false, "+12065550150", "", "office"
	many := map[string]string{}
	for n := range maxPreferences {
		many[fmt.Sprint(n)] = "x"
	}
	for _, tc := range []struct {
		name  string
		in    OwnChange
		field string // of the refusal; "" is none
		want  string // phone, number, preferences
	}{
		{"nothing is asked for", OwnChange{}, "", "DESK_PHONE +12065550199 map[LANGUAGE:de_DE]"},
		{"to a softphone, the number is kept", OwnChange{SoftPhone: &soft}, "", "SOFT_PHONE +12065550199 map[LANGUAGE:de_DE]"},
		{"another number", OwnChange{SoftPhone: &desk, DeskNumber: &number}, "", "DESK_PHONE +12065550150 map[LANGUAGE:de_DE]"},
		{"a softphone needs no number", OwnChange{SoftPhone: &soft, DeskNumber: &none}, "", "SOFT_PHONE  map[LANGUAGE:de_DE]"},
		{"a desk phone does", OwnChange{DeskNumber: &none}, "DeskPhoneNumber", ""},
		{"a word is no number", OwnChange{DeskNumber: &word}, "DeskPhoneNumber", ""},
		{"nor for later", OwnChange{SoftPhone: &soft, DeskNumber: &word}, "DeskPhoneNumber", ""},
		{"a preference more", OwnChange{Preferences: map[string]string{"locale": "fr_FR"}}, "", "DESK_PHONE +12065550199 map[LANGUAGE:de_DE locale:fr_FR]"},
		{"a language that is none", OwnChange{Preferences: map[string]string{"LANGUAGE": "<b>"}}, "agentPreferences", ""},
		{"too many preferences", OwnChange{Preferences: many}, "agentPreferences", ""},
		{"a preference that is too long", OwnChange{Preferences: map[string]string{"a": strings.Repeat("x", maxPreference+1)}}, "agentPreferences", ""},
		{"one without a name", OwnChange{Preferences: map[string]string{"": "x"}}, "agentPreferences", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			before := map[string]string{"LANGUAGE": "de_DE"}
			d := sit(t, func(s *State) {
				s.Users[0].Phone, s.Users[0].DeskNumber, s.Users[0].Preferences, s.Users[0].AutoAccept = DeskPhone, "+12065550199", before, true
			})
			err := d.ChangeOwn(amelia, tc.in)
			if tc.field != "" {
				if refusal, ok := errors.AsType[*Refusal](err); !ok || refusal.Field != tc.field || len(d.kept) > 0 {
					t.Fatalf("%v; kept %d times", err, len(d.kept))
				}
				return
			}
			d.must(err)
			u := d.kept[len(d.kept)-1].Users[0]
			if got := fmt.Sprint(u.Phone, " ", u.DeskNumber, " ", u.Preferences); got != tc.want || !u.AutoAccept {
				t.Errorf("%s, want %s", got, tc.want)
			}
			if len(before) != 1 {
				t.Errorf("what was kept before has changed: %v", before)
			}
		})
	}
	if err := sit(t).ChangeOwn("nobody", OwnChange{}); !errors.Is(err, ErrNoAgent) {
		t.Errorf("nobody: %v", err)
	}
}
