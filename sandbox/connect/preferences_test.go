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
		in    AgentConfiguration
		field string // of the refusal; "" is none
		want  string // phone, number, preferences
	}{
		{"nothing is asked for", AgentConfiguration{}, "", "DESK_PHONE +12065550199 map[LANGUAGE:de_DE]"},
		{"to a softphone, the number is kept", AgentConfiguration{SoftPhone: &soft}, "", "SOFT_PHONE +12065550199 map[LANGUAGE:de_DE]"},
		{"another number", AgentConfiguration{SoftPhone: &desk, DeskNumber: &number}, "", "DESK_PHONE +12065550150 map[LANGUAGE:de_DE]"},
		{"a softphone needs no number", AgentConfiguration{SoftPhone: &soft, DeskNumber: &none}, "", "SOFT_PHONE  map[LANGUAGE:de_DE]"},
		{"a desk phone does", AgentConfiguration{DeskNumber: &none}, "DeskPhoneNumber", ""},
		{"a word is no number", AgentConfiguration{DeskNumber: &word}, "DeskPhoneNumber", ""},
		{"nor for later", AgentConfiguration{SoftPhone: &soft, DeskNumber: &word}, "DeskPhoneNumber", ""},
		{"a preference more", AgentConfiguration{Preferences: map[string]string{"locale": "fr_FR"}}, "",
			"DESK_PHONE +12065550199 map[LANGUAGE:de_DE locale:fr_FR]"},
		{"a language that is none", AgentConfiguration{Preferences: map[string]string{"LANGUAGE": "<b>"}}, "agentPreferences", ""},
		{"too many preferences", AgentConfiguration{Preferences: many}, "agentPreferences", ""},
		{"a preference that is too long", AgentConfiguration{
			Preferences: map[string]string{"a": strings.Repeat("x", maxPreference+1)},
		}, "agentPreferences", ""},
		{"one without a name", AgentConfiguration{Preferences: map[string]string{"": "x"}}, "agentPreferences", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			before := map[string]string{"LANGUAGE": "de_DE"}
			d := newFloor(t, func(s *State) {
				s.Users[0].Phone, s.Users[0].DeskNumber, s.Users[0].Preferences, s.Users[0].AutoAccept = DeskPhone, "+12065550199", before, true
			})
			err := d.UpdateAgentConfiguration(amelia, tc.in)
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
	if err := newFloor(t).UpdateAgentConfiguration("nobody", AgentConfiguration{}); !errors.Is(err, ErrNoAgent) {
		t.Errorf("nobody: %v", err)
	}
}
