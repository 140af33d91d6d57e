package steps

import (
	"testing"

	"github.com/patchcord/patchcord/setup"
)

// A person is asked to uninstall the package only while it is there.
func TestAnInstalledPackageIsForAPersonUntilItIsGone(t *testing.T) {
	m := setup.Made{What: "version 04t1", Entry: InstalledPackage{Version: "04t1"}}
	for page, want := range map[string]setup.Action{`{"Id":"0661"}`: setup.Person, "": setup.Nothing} {
		c, err := m.Entry.Undo(t.Context(), answering(t, func(string) string { return page }), m)
		if err != nil || c.Action != want {
			t.Errorf("page %q: %+v, %v; want %s", page, c, err, want)
		}
	}
}
