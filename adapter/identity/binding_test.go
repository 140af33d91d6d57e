package identity

import (
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/fault"
)

func TestBind(t *testing.T) {
	const amelia, bob = "005000000000001AAA", "005000000000002AAA"
	claim := store.Binding{UserID: amelia, Username: "jane"}
	name := func(id string) string { return map[string]string{bob: "bob@x.example"}[id] }
	for _, tc := range []struct {
		what  string
		found []store.Binding
		fresh bool
		says  []string // of the refusal
	}{
		{"at first sight", nil, true, nil},
		{"again", []store.Binding{claim}, false, nil},
		{"again, by the short id", []store.Binding{{UserID: amelia[:15], Username: "jane"}}, false, nil},
		{"a name that is somebody's", []store.Binding{{UserID: bob, Username: "jane"}}, false,
			[]string{"jane is already used", "bob@x.example", "patchcord unbind jane"}},
		{"a name that is a stranger's", []store.Binding{{UserID: "005000000000003AAA", Username: "jane"}}, false, []string{"005000000000003AAA"}},
		{"another name than before", []store.Binding{{UserID: amelia, Username: "john"}}, false,
			[]string{"as jane", "sign in there as john", "patchcord unbind john"}},
		{"capitals count", []store.Binding{{UserID: amelia, Username: "Jane"}}, false, []string{"already used with Jane"}},
		{"two that do not agree", []store.Binding{claim, {UserID: bob, Username: "jane"}}, false, []string{"bob@x.example"}},
	} {
		fresh, err := Bind(tc.found, claim, name)
		if fresh != tc.fresh || (err != nil) != (tc.says != nil) {
			t.Errorf("%s: %t, %v", tc.what, fresh, err)
			continue
		}
		for _, says := range tc.says {
			if f := fault.Of(err); f.Kind != fault.Conflict || !strings.Contains(f.Message, says) {
				t.Errorf("%s: %q does not say %q", tc.what, f.Message, says)
			}
		}
	}
}
