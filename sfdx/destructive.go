package sfdx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
)

// Member names a metadata component, as package.xml does.
type Member struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// Members lists what the bundle brings, as its package.xml does: types in the order of their names, and so the names in each.
func (b Bundle) Members() []Member {
	var all []Member
	for _, t := range b.types() {
		for _, name := range t.Members {
			all = append(all, Member{t.Name, name})
		}
	}
	return all
}

// Destructive is an archive that deletes components, and nothing else. What the platform takes away with another of them
// is not named: named too, one that is gone already may keep all of them. What others refer to comes last.
// Source: Metadata API developer guide, Deleting Components from an Organization, whose sample names objects without
// their parts.
func Destructive(members []Member) ([]byte, error) {
	gone := packageXML{Version: APIVersion}
	for _, m := range inTurn(members) {
		at := slices.IndexFunc(gone.Types, func(t packageType) bool { return t.Name == m.Type })
		if at < 0 {
			at = len(gone.Types)
			gone.Types = append(gone.Types, packageType{Name: m.Type})
		}
		gone.Types[at].Members = append(gone.Types[at].Members, m.Name)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, file := range []struct {
		name string
		doc  packageXML
	}{{"package.xml", packageXML{Version: APIVersion}}, {"destructiveChanges.xml", gone}} {
		body, err := xml.MarshalIndent(file.doc, "", "    ")
		if err != nil {
			return nil, err
		}
		if err := writeFile(z, file.name, append([]byte(xml.Header), body...)); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

// The order of deletion: those who use others first, then the others. What is not in it comes between.
var (
	firstGone = []string{
		"PermissionSet", "CustomApplication", "ExternalClientApplication", "FlexiPage", "CallCenter", "CustomTab",
	}
	lastGone = []string{"LightningMessageChannel", "CustomObject", "GlobalValueSet"}
)

// inTurn are the members that have to be named, in their order.
func inTurn(members []Member) []Member {
	named := slices.DeleteFunc(slices.Clone(members), func(m Member) bool { return goesWith(m, members) })
	slices.SortStableFunc(named, func(a, b Member) int { return turnOf(a) - turnOf(b) })
	return named
}

func turnOf(m Member) int {
	if at := slices.Index(firstGone, m.Type); at >= 0 {
		return at - len(firstGone)
	}
	return 1 + slices.Index(lastGone, m.Type)
}

// goesWith says whether one of the others takes a member with it: an object its fields, list views and layouts, a client
// app its parts.
func goesWith(m Member, others []Member) bool {
	return slices.ContainsFunc(others, func(o Member) bool {
		switch o.Type {
		case "CustomObject":
			part := strings.HasPrefix(m.Name, o.Name+".") || m.Type == "Layout" && strings.HasPrefix(m.Name, o.Name+"-")
			return m.Type != o.Type && part
		case "ExternalClientApplication":
			return strings.HasPrefix(m.Type, "ExtlClntApp") && strings.HasPrefix(m.Name, o.Name+"_")
		}
		return false
	})
}
