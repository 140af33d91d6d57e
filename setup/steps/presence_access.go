package steps

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// PresenceAccess lets agents choose the statuses, by a permission set of set-up's own: those of the package are the same in
// every org, and statuses are not.
type PresenceAccess struct {
	Statuses []string // developer names
	// People are user names by the package's permission set.
	People map[string][]string
	Hosts  setup.Hosts
}

// Name says what it is.
func (PresenceAccess) Name() string { return "access to presence statuses" }

const (
	accessSet = "AC_Presence"
	accessWhy = "Omni-Channel shows agents the statuses that they were given, and refuses to set others"
	accessXML = `<?xml version="1.0" encoding="UTF-8"?>
<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">
    <description>The statuses of Omni-Channel that follow those of Amazon Connect. Made by patchcord setup.</description>
    <label>AC_Presence</label>
</PermissionSet>
`
)

// agentSets are the package's sets of those who have a presence.
var agentSets = []string{"AC_Agent", "AC_Manager"}

// Plan compares the set, and looks who has it.
func (s PresenceAccess) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	if len(s.Statuses) == 0 {
		return nil, nil
	}
	state, _, err := readOmni(ctx, p)
	if err != nil || state == omniAway {
		return nil, err
	}
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: "PermissionSet", Name: accessSet})
	if errors.Is(err, salesforce.ErrNoRetrieve) {
		return []setup.Change{s.byPerson()}, nil
	}
	if err != nil {
		return nil, err
	}
	c, err := s.set(org.Document(files[setFile(accessSet)]))
	changes := []setup.Change{c}
	if err != nil {
		return changes, err
	}
	for _, set := range agentSets {
		for _, username := range s.People[set] {
			c, err := assignment{username, accessSet, "setup.people." + set, accessWhy}.plan(ctx, p)
			if err != nil {
				return changes, err
			}
			changes = append(changes, c)
		}
	}
	return changes, nil
}

func (s PresenceAccess) byPerson() setup.Change {
	return setup.Change{
		Action: setup.Person,
		What: "Give the agents' profiles the presence statuses " + strings.Join(s.Statuses, ", ") +
			": Setup → Profiles → Enabled Service Presence Status Access → Edit.",
		Why: accessWhy, Link: s.Hosts.Lightning + "/lightning/setup/Profiles/home",
	}
}

// set is the change of the permission set, as the org has it; "" if it has none.
func (s PresenceAccess) set(have org.Document) (setup.Change, error) {
	isNew := have == ""
	if isNew {
		have = accessXML
	}
	var missing []string
	for _, name := range s.Statuses {
		_, given, err := statusAccess(have, name)
		if err != nil {
			return setup.Change{}, err
		}
		if !given {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return setup.Right("%s gives all of them", accessSet), nil
	}
	edited, err := give(have, missing)
	if err != nil {
		return setup.Change{}, err
	}
	c := setup.Change{
		Action: setup.Create, What: accessSet + ", with " + strings.Join(s.Statuses, ", "), Why: accessWhy,
		Deploy: org.One("PermissionSet", accessSet, setFile(accessSet), string(edited)),
		Made:   []setup.Made{{What: "permission set " + accessSet, Entry: component("PermissionSet", accessSet)}},
	}
	if isNew {
		return c, nil
	}
	c.Action, c.What, c.Old, c.New = setup.Update, accessSet, "without "+strings.Join(missing, ", "), "with them"
	c.Made = nil
	for _, name := range missing {
		c.Made = append(c.Made, setup.Made{What: name + " in " + accessSet, Entry: StatusAccess{Set: accessSet, Status: name}})
	}
	return c, nil
}

const statusAccesses = "servicePresenceStatusAccesses"

// give adds statuses to a set.
func give(d org.Document, names []string) (org.Document, error) {
	for _, name := range names { // one that it names, and does not give
		e, _, err := statusAccess(d, name)
		if err != nil {
			return d, err
		}
		if e != nil {
			d = d.Cut(*e)
		}
	}
	root, err := d.Root()
	if err != nil {
		return d, err
	}
	at := root.From
	for _, behind := range []string{"description", "fieldPermissions", "hasActivationRequired", "label", "license", "objectPermissions",
		"pageAccesses", "recordTypeVisibilities", statusAccesses} { // elements stand in the order of their names
		found, err := d.Below(root, behind)
		if err != nil {
			return d, err
		}
		if len(found) > 0 {
			at = max(at, found[len(found)-1].End)
		}
	}
	var text strings.Builder
	for _, name := range slices.Sorted(slices.Values(names)) {
		text.WriteString("    <" + statusAccesses + ">\n        <enabled>true</enabled>\n        <servicePresenceStatus>" + org.Escape(name) +
			"</servicePresenceStatus>\n    </" + statusAccesses + ">\n")
	}
	return d.Insert(at, text.String()), nil
}

// statusAccess finds where a set names a status, and whether it gives it; nil if it does not name it.
func statusAccess(d org.Document, status string) (at *org.Element, given bool, err error) {
	root, err := d.Root()
	if err != nil {
		return nil, false, err
	}
	all, err := d.Below(root, statusAccesses)
	if err != nil {
		return nil, false, err
	}
	for _, e := range all {
		names, err := d.Below(e, "servicePresenceStatus")
		if err != nil {
			return nil, false, err
		}
		if len(names) != 1 || !strings.EqualFold(d.Text(names[0]), status) {
			continue
		}
		enabled, err := d.Below(e, "enabled")
		return &e, err == nil && len(enabled) == 1 && d.Text(enabled[0]) == "true", err
	}
	return nil, false, nil
}

// StatusAccess is a status that a permission set of ours gives: it is taken out.
type StatusAccess struct {
	Set    string `json:"set"`
	Status string `json:"status"` // developer name
}

// Kind is its name in the record.
func (StatusAccess) Kind() string { return "presence status access" }

// Key is where it is found.
func (a StatusAccess) Key() string { return a.Set + " " + a.Status }

// Undo takes it out of the set as it is by then.
func (a StatusAccess) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	of := sfdx.Member{Type: "PermissionSet", Name: a.Set}
	return undoInFile(ctx, p, m, of, setFile(a.Set), func(d org.Document) (org.Document, bool, error) {
		e, given, err := statusAccess(d, a.Status)
		if err != nil || !given {
			return d, false, err
		}
		return d.Cut(*e), true, nil
	})
}
