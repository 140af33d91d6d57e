package metadata

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"
)

const (
	maxEntries  = 10_000
	maxUnpacked = 400 << 20
	maxEntry    = 60 << 20
	maxDepth    = 40 // of elements in a metadata file
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
		if clean := path.Clean(f.Name); clean != f.Name || strings.HasPrefix(clean, "/") || strings.HasPrefix(clean, "../") || strings.Contains(clean, `\`) {
			return nil, fmt.Errorf("%.80q is not a path within the archive", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read", f.Name)
		}
		content, err := io.ReadAll(io.LimitReader(r, maxEntry+1))
		_ = r.Close()
		total += int64(len(content))
		if err != nil || len(content) > maxEntry || total > maxUnpacked {
			return nil, fmt.Errorf("%s is broken or too large", f.Name)
		}
		files[f.Name] = content
	}
	return files, nil
}

// manifest is package.xml.
type manifest struct {
	Types []struct {
		Members []string `xml:"members"`
		Name    string   `xml:"name"`
	} `xml:"types"`
	Version string `xml:"version"`
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
	var m manifest
	body, ok := files["package.xml"]
	if !ok {
		return nil, m, errNoManifest
	}
	return files, m, parse(body, &m)
}

// parse reads a metadata file: nesting bounded, no document type.
func parse(body []byte, into any) error {
	depth := 0
	check := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := check.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return fmt.Errorf("elements are nested too deeply")
			}
		case xml.EndElement:
			depth--
		case xml.Directive:
			return fmt.Errorf("a document type is not allowed")
		}
	}
	return xml.Unmarshal(body, into)
}

// line is where in a file an error was found, 1 if it does not say.
func line(err error) int {
	if syntax, ok := err.(*xml.SyntaxError); ok { //nolint:errorlint // xml gives it bare
		return syntax.Line
	}
	return 1
}

// errNoManifest is the platform's sentence.
var errNoManifest = &problem{text: "No package.xml found"}
