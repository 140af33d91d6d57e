package steps

import (
	"context"
	"errors"
	"path"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// Component is metadata that was not there: it is deleted.
type Component struct {
	sfdx.Member
}

// Kind is its name in the record.
func (Component) Kind() string { return "component" }

// Key is its name in the org.
func (c Component) Key() string { return c.Type + " " + c.Name }

// Undo deletes it.
func (c Component) Undo(_ context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	return m.Remove(func(ctx context.Context) error { return org.Delete(ctx, p.CRM, c.Member) }), nil
}

// component is the entry of a component.
func component(kind, name string) Component { return Component{sfdx.Member{Type: kind, Name: name}} }

// cut takes something of ours out of a metadata file; changed is false if it is not in there.
type cut func(org.Document) (edited org.Document, changed bool, err error)

// undoInFile takes something out of a component that is somebody else's, or that others have added to since.
func undoInFile(
	ctx context.Context, p setup.Platforms, m setup.Made, of sfdx.Member, file string, take cut,
) (setup.Change, error) {
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: of.Type, Name: of.Name})
	if errors.Is(err, salesforce.ErrNoRetrieve) {
		what := "Take " + m.What + " out by hand: the org does not let it be read."
		return setup.Change{Action: setup.Person, What: what, Link: "/lightning/setup/NavigationMenus/home"}, nil
	}
	if err != nil {
		return setup.Change{}, err
	}
	file = fileOf(files, file)
	body, there := files[file]
	if !there {
		return m.Gone(), nil
	}
	edited, changed, err := take(org.Document(body))
	if err != nil {
		return setup.Change{}, err
	}
	if !changed {
		return m.Gone(), nil
	}
	c := m.Remove(nil)
	c.Deploy = org.One(of.Type, of.Name, file, string(edited))
	return c, nil
}

// fileOf is the name under which a file came: the org may give another ending than sources say, but the folder has no
// other file. wanted where none came.
func fileOf(files map[string][]byte, wanted string) string {
	if _, there := files[wanted]; there {
		return wanted
	}
	var others []string
	for name := range files {
		if path.Dir(name) == path.Dir(wanted) {
			others = append(others, name)
		}
	}
	if len(others) == 1 {
		return others[0]
	}
	return wanted
}

// cutChild takes the root's child of this name and text out.
func cutChild(name, text string) cut {
	return func(d org.Document) (org.Document, bool, error) {
		root, err := d.Root()
		if err != nil {
			return d, false, err
		}
		all, err := d.Below(root, name)
		if err != nil {
			return d, false, err
		}
		for _, e := range all {
			if d.Text(e) == text {
				return d.Cut(e), true, nil
			}
		}
		return d, false, nil
	}
}
