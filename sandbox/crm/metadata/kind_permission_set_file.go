package metadata

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/rights"
)

// setFile is the file of a permission set that says what says has: the one it was deployed with, or nil for a set that never was, if that
// still fits; else a new one, as the platform writes it. What no record stands for is taken over from the old file.
func setFile(file []byte, says permissionSetXML) ([]byte, error) {
	root := &element{name: "PermissionSet", kids: []*element{{name: "hasActivationRequired", text: "false"}}}
	if file != nil {
		var err error
		if root, err = tree(file); err != nil {
			return nil, err
		}
		var said permissionSetXML
		if err := decode(root, &said); err != nil {
			return nil, err
		}
		if said.same(says) {
			return file, nil
		}
	}
	fresh := &element{name: root.name, kids: says.entries()}
	for _, old := range root.kids {
		if name, of := entryName(old); !of {
			fresh.kids = append(fresh.kids, old)
		} else if all := old.get("viewAllFields"); all != "" { // a right on objects that no record has
			for _, k := range fresh.kids {
				if now, _ := entryName(k); k.name == old.name && strings.EqualFold(now, name) {
					k.kids = append(k.kids, &element{name: "viewAllFields", text: all})
					sortElements(k.kids)
				}
			}
		}
	}
	for name, text := range map[string]string{"label": says.Label, "description": says.Description} {
		if text != "" {
			fresh.kids = append(fresh.kids, &element{name: name, text: text})
		}
	}
	sortElements(fresh.kids)
	return fresh.file(), nil
}

// same says whether two sets have the same names and give the same rights.
func (x permissionSetXML) same(y permissionSetXML) bool {
	text := func(x permissionSetXML) string {
		var b strings.Builder
		(&element{kids: x.entries()}).printKids(&b, 0)
		return b.String()
	}
	return strings.TrimSpace(x.Label) == strings.TrimSpace(y.Label) &&
		strings.TrimSpace(x.Description) == strings.TrimSpace(y.Description) && strings.EqualFold(text(x), text(y))
}

// entries are the rights as elements, sorted; what gives nothing is left out.
func (x permissionSetXML) entries() []*element {
	var all []*element
	add := func(name string, gives bool, kids ...*element) {
		if gives {
			all = append(all, &element{name: name, kids: kids})
		}
	}
	for _, o := range x.Objects {
		add("objectPermissions", o.Read || o.Create || o.Edit || o.Delete || o.ViewAll || o.ModifyAll,
			flagged("allowCreate", o.Create), flagged("allowDelete", o.Delete), flagged("allowEdit", o.Edit),
			flagged("allowRead", o.Read), flagged("modifyAllRecords", o.ModifyAll), texted("object", o.Object), flagged("viewAllRecords", o.ViewAll))
	}
	for _, f := range x.Fields {
		add("fieldPermissions", f.Readable || f.Editable, flagged("editable", f.Editable), texted("field", f.Field),
			flagged("readable", f.Readable || f.Editable))
	}
	for _, p := range x.Pages {
		add("pageAccesses", p.Enabled, texted("apexPage", p.Page), flagged("enabled", true))
	}
	for _, t := range x.Tabs {
		add("tabSettings", t.Visibility != "None", texted("tab", t.Tab), texted("visibility", t.Visibility))
	}
	for _, f := range x.Flows {
		add("flowAccesses", f.Enabled, flagged("enabled", true), texted("flow", f.Flow))
	}
	for _, a := range x.Applications {
		add("applicationVisibilities", a.Enabled, texted("application", a.Name), flagged("visible", true))
	}
	for _, p := range x.Presence {
		add("servicePresenceStatusAccesses", p.Enabled, flagged("enabled", true), texted("servicePresenceStatus", p.Name))
	}
	for name, list := range map[string][]access{"userPermissions": known(x.System), "customSettingAccesses": x.Settings,
		"customPermissions": x.Custom} {
		for _, a := range list {
			add(name, a.Enabled, flagged("enabled", true), texted("name", a.Name))
		}
	}
	sortElements(all)
	return all
}

// known are the system permissions that records have fields for.
func known(all []access) []access {
	names := rights.Permissions()
	return slices.DeleteFunc(slices.Clone(all), func(a access) bool { _, has := names[rights.Permission(a.Name)]; return !has })
}

// entryKeys are the elements of a set's file that records stand for, each with what names its entry.
var entryKeys = map[string]string{
	"objectPermissions": "object", "fieldPermissions": "field", "pageAccesses": "apexPage", "flowAccesses": "flow",
	"tabSettings": "tab", "applicationVisibilities": "application",
	"servicePresenceStatusAccesses": "servicePresenceStatus", "userPermissions": "name", "customSettingAccesses": "name",
	"customPermissions": "name", "label": "", "description": "",
}

// entryName is what an entry of a set's file is about; false if no record stands for it.
func entryName(e *element) (string, bool) {
	key, recorded := entryKeys[e.name]
	name := e.get(key)
	if e.name == "userPermissions" {
		_, recorded = rights.Permissions()[rights.Permission(name)]
	}
	return name, recorded
}

func flagged(name string, on bool) *element {
	return &element{name: name, text: strconv.FormatBool(on)}
}

func texted(name, text string) *element { return &element{name: name, text: text} }

// sortElements puts elements in the platform's order: by name, and those of one name by what they are about.
func sortElements(all []*element) {
	slices.SortStableFunc(all, func(a, b *element) int {
		x, _ := entryName(a)
		y, _ := entryName(b)
		return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(strings.ToLower(x), strings.ToLower(y)))
	})
}
