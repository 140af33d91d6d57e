package sfdx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"slices"
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

// Destructive is an archive that deletes components, and nothing else.
func Destructive(members []Member) ([]byte, error) {
	gone := packageXML{Version: APIVersion}
	for _, m := range members {
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
