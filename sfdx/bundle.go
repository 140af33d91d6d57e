package sfdx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Bundle collects the files and members of one deployment: file path to content; members are kept under package.xml.
// The zero value is not usable; start with Bundle{}.
type Bundle map[string]entry

type entry struct {
	body    []byte
	kind    string   // metadata type of the member this file brings; "" for none
	members []string // members without a file of their own
}

// Add puts a component with its file into the bundle.
func (b Bundle) Add(kind, fullName, file string, body []byte) {
	b[file] = entry{body: body, kind: kind, members: []string{fullName}}
}

// AddFile puts a file that belongs to a component listed elsewhere.
func (b Bundle) AddFile(file string, body []byte) { b[file] = entry{body: body} }

// Member lists a component that lives inside another one's file.
func (b Bundle) Member(kind, fullName string) {
	key := "\x00" + kind
	e := b[key]
	b[key] = entry{kind: kind, members: append(e.members, fullName)}
}

// File is the content of a file of the bundle; nil if it has none of that name.
func (b Bundle) File(name string) []byte { return b[name].body }

// Edit gives a file of the bundle other content; the components that it brings stay.
func (b Bundle) Edit(name string, body []byte) {
	e := b[name]
	e.body = body
	b[name] = e
}

// Lay puts another bundle over this one: of a file in both, the other's content stays.
func (b Bundle) Lay(over Bundle) {
	for name, e := range over {
		if strings.HasPrefix(name, "\x00") {
			e.members = slices.Compact(slices.Sorted(slices.Values(slices.Concat(b[name].members, e.members))))
		}
		b[name] = e
	}
}

// Brings says whether the bundle has a file, or a member of that type and name.
func (b Bundle) Brings(file string, m Member) bool {
	if e, has := b[file]; has && e.body != nil {
		return true
	}
	for _, e := range b {
		if e.kind == m.Type && slices.Contains(e.members, m.Name) {
			return true
		}
	}
	return false
}

// Archive is the zip with package.xml at its root. The same bundle always gives the same bytes.
func (b Bundle) Archive() ([]byte, error) {
	manifest, err := b.manifest()
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	if err := writeFile(z, "package.xml", manifest); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(b)) {
		if strings.HasPrefix(name, "\x00") {
			continue
		}
		if err := writeFile(z, name, b[name].body); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

type packageXML struct {
	XMLName xml.Name      `xml:"http://soap.sforce.com/2006/04/metadata Package"`
	Types   []packageType `xml:"types"`
	Version string        `xml:"version"`
}

type packageType struct {
	Members []string `xml:"members"`
	Name    string   `xml:"name"`
}

func (b Bundle) manifest() ([]byte, error) {
	body, err := xml.MarshalIndent(packageXML{Types: b.types(), Version: APIVersion}, "", "    ")
	return append([]byte(xml.Header), body...), err
}

// types are the members by type, both in the order of their names.
func (b Bundle) types() []packageType {
	byKind := map[string][]string{}
	for _, e := range b {
		if e.kind != "" {
			byKind[e.kind] = append(byKind[e.kind], e.members...)
		}
	}
	var all []packageType
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		slices.Sort(byKind[kind])
		all = append(all, packageType{Members: byKind[kind], Name: kind})
	}
	return all
}

// zipFolder packs a folder; files named .keep stay out.
func zipFolder(folder fs.FS) ([]byte, error) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(name) == ".keep" {
			return err
		}
		body, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		return writeFile(z, name, body)
	})
	if err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func writeFile(z *zip.Writer, name string, body []byte) error {
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}
