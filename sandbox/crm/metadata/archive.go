package metadata

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

const (
	maxEntries  = 10_000
	maxUnpacked = 400 << 20
	maxEntry    = 60 << 20
)

// archive is an unpacked upload: path to content.
type archive map[string][]byte

// unpack opens a zip within bounds; paths that lead outside are refused.
func unpack(body []byte) (archive, error) {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, fmt.Errorf("not a valid zip archive")
	}
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("the archive has more than %d files", maxEntries)
	}
	files, total := archive{}, int64(0)
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if clean := path.Clean(f.Name); clean != f.Name || strings.HasPrefix(clean, "/") ||
			strings.HasPrefix(clean, "../") || strings.Contains(clean, `\`) {
			return nil, fmt.Errorf("%.80q is not a path within the archive", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read", f.Name)
		}
		content, err := io.ReadAll(io.LimitReader(r, min(maxEntry, maxUnpacked-total)+1))
		_ = r.Close()
		total += int64(len(content))
		if err != nil || len(content) > maxEntry || total > maxUnpacked {
			return nil, fmt.Errorf("%s is broken or too large", f.Name)
		}
		files[f.Name] = content
	}
	return files, nil
}

// manifest is package.xml, or a list of deletions in the same form.
type manifest struct {
	types []members
}

type members struct {
	kind  string
	names []string
}

func readManifest(body []byte) (manifest, error) {
	root, err := tree(body)
	if err != nil {
		return manifest{}, err
	}
	var m manifest
	for _, k := range root.kids {
		if k.name != "types" {
			continue
		}
		one := members{kind: k.get("name")}
		for _, name := range k.kids {
			if name.name == "members" {
				one.names = append(one.names, strings.TrimSpace(name.text))
			}
		}
		m.types = append(m.types, one)
	}
	return m, nil
}

// lists says whether the manifest names a component.
func (m manifest) lists(kind, fullName string) bool {
	return slices.ContainsFunc(m.types, func(t members) bool {
		return t.kind == kind && (slices.Contains(t.names, fullName) || slices.Contains(t.names, "*"))
	})
}

// single finds the package within the archive: at its root, or in the one folder that holds package.xml.
func (a archive) single() (archive, manifest, error) {
	root := ""
	if _, atRoot := a["package.xml"]; !atRoot {
		for name := range a {
			if dir, file := path.Split(name); file == "package.xml" && strings.Count(dir, "/") == 1 {
				root = dir
			}
		}
	}
	files := archive{}
	for name, body := range a {
		if inner, ok := strings.CutPrefix(name, root); ok {
			files[inner] = body
		}
	}
	body, ok := files["package.xml"]
	if !ok {
		return nil, manifest{}, errNoManifest
	}
	m, err := readManifest(body)
	return files, m, err
}

// errNoManifest is the platform's sentence.
var errNoManifest = &problem{text: "No package.xml found"}

// pack makes a zip of files, in the order of their names.
func (a archive) pack() ([]byte, error) {
	var names []string
	for name := range a {
		names = append(names, name)
	}
	slices.Sort(names)
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(a[name]); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
