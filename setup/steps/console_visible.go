package steps

import (
	"context"
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// consoleSets are the permission sets whose users work in the console.
var consoleSets = []string{"AC_Administrator", "AC_Agent", "AC_Manager"}

func setFile(name string) string { return "permissionsets/" + name + ".permissionset" }

// planVisible shows our own console app to those who have one of the package's permission sets: an app that nobody was
// given is seen by nobody. Where the org does not let the sets be read, a person does it.
func (s Console) planVisible(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	var members []salesforce.Member
	for _, set := range consoleSets {
		members = append(members, salesforce.Member{Type: "PermissionSet", Name: set})
	}
	files, err := p.CRM.Retrieve(ctx, members...)
	if errors.Is(err, salesforce.ErrNoRetrieve) {
		return []setup.Change{{
			Action: setup.Person,
			What:   "Show the app: App Manager → Patchcord Console → Edit → User Profiles, add the agents' profiles, Save.",
			Link:   s.Hosts.Lightning + "/lightning/setup/NavigationMenus/home",
		}}, nil
	}
	if err != nil {
		return nil, err
	}
	var changes []setup.Change
	for _, set := range consoleSets {
		body, there := files[setFile(set)]
		if !there { // it comes with the package
			if body, err = sfdx.File(setFile(set)); err != nil {
				return changes, fmt.Errorf("permission set %s: %w", set, err)
			}
		}
		c, err := visible(set, org.Document(body))
		if err != nil {
			return changes, fmt.Errorf("permission set %s: %w", set, err)
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// visible is the change of one set, as the org has it.
func visible(set string, have org.Document) (setup.Change, error) {
	shown, err := visibility(have, ownConsole)
	if err != nil {
		return setup.Change{}, err
	}
	if shown != nil {
		return setup.Right("%s shows Patchcord Console", set), nil
	}
	root, err := have.Root()
	if err != nil {
		return setup.Change{}, err
	}
	what := "Patchcord Console for those with " + set
	edited := have.Insert(root.From, "    <applicationVisibilities>\n        <application>"+ownConsole+
		"</application>\n        <visible>true</visible>\n    </applicationVisibilities>")
	return setup.Change{
		Action: setup.Create, What: what, Why: consoleWhy,
		Deploy: org.One("PermissionSet", set, setFile(set), string(edited)),
		Made:   []setup.Made{{What: what, Entry: AppVisibility{Set: set, App: ownConsole}}},
	}, nil
}

// visibility finds where a set shows an app; nil if it does not.
func visibility(d org.Document, app string) (*org.Element, error) {
	root, err := d.Root()
	if err != nil {
		return nil, err
	}
	all, err := d.Below(root, "applicationVisibilities")
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		apps, err := d.Below(e, "application")
		if err != nil {
			return nil, err
		}
		shown, err := d.Below(e, "visible")
		if err != nil {
			return nil, err
		}
		if len(apps) == 1 && len(shown) == 1 && d.Text(apps[0]) == app && d.Text(shown[0]) == "true" {
			return &e, nil
		}
	}
	return nil, nil
}

// AppVisibility is an app that a permission set shows: it is hidden again.
type AppVisibility struct {
	Set string `json:"set"`
	App string `json:"app"`
}

// Kind is its name in the record.
func (AppVisibility) Kind() string { return "app visibility" }

// Key is where it is found.
func (v AppVisibility) Key() string { return v.Set + " " + v.App }

// Undo takes it out of the set as it is by then.
func (v AppVisibility) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	of := sfdx.Member{Type: "PermissionSet", Name: v.Set}
	return undoInFile(ctx, p, m, of, setFile(v.Set), func(d org.Document) (org.Document, bool, error) {
		e, err := visibility(d, v.App)
		if err != nil || e == nil {
			return d, false, err
		}
		return d.Cut(*e), true, nil
	})
}
