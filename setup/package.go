package setup

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"

	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sfdx"
)

// Package is the Salesforce package in the org: deployed from this program, or installed by its version id.
type Package struct{ Version string } // 04t…; "" deploys

// Name says what it is.
func (Package) Name() string { return "Salesforce package" }

const (
	softphoneResource = "PatchcordSoftphone"
	packageWhy        = "objects, permission sets, the softphone page and the call center are part of it"
)

// Plan looks for the softphone page and for the stamp that a deployment leaves on the static resource.
func (s Package) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	page, err := find(ctx, p.CRM, "ApexPage", equals("Name", "AC_LightningAdapter"))
	if err != nil {
		return nil, err
	}
	if s.Version != "" {
		return s.planVersion(p, page)
	}
	archive, stamp, members, err := stamped()
	if err != nil {
		return nil, err
	}
	have, err := query[struct{ Description string }](ctx, p.CRM, "SELECT Description FROM StaticResource WHERE "+equals("Name", softphoneResource))
	if err != nil {
		return nil, err
	}
	deploy := func(ctx context.Context) error { return p.CRM.Deploy(ctx, archive, nil) }
	switch {
	case page == "":
		what := counted.Noun(len(members), "component")
		return []Change{{Action: Create, What: what, Why: packageWhy, do: deploy, made: []Made{{Kind: Component, What: what, Object: "Package", Name: "force-app", Members: members}}}}, nil
	case len(have) == 0 || have[0].Description != stamp:
		old := "an older or foreign deployment"
		if len(have) > 0 && have[0].Description != "" {
			old = have[0].Description
		}
		return []Change{{Action: Update, What: "components and softphone page", Old: old, New: stamp, Why: "softphone page and adapter belong together", do: deploy}}, nil
	}
	return []Change{right("%s is there", stamp)}, nil
}

func (s Package) planVersion(p Platforms, page string) ([]Change, error) {
	if page != "" {
		return []Change{right("a package with the page AC_LightningAdapter is there")}, nil
	}
	what := "version " + s.Version
	return []Change{{
		Action: Create, What: what, Why: packageWhy, do: func(ctx context.Context) error { return p.CRM.InstallPackage(ctx, s.Version) },
		made: []Made{{Kind: Component, What: what, Object: "InstalledPackage", Name: s.Version}},
	}}, nil
}

var described = regexp.MustCompile(`(?s)<description>.*?</description>`)

// stamped is the archive of the package with its digest in the description of its static resource, and the components in it.
func stamped() (archive []byte, stamp string, members []Member, err error) {
	plain, err := sfdx.Archive()
	if err != nil {
		return nil, "", nil, err
	}
	sum := sha256.Sum256(plain)
	stamp = "Patchcord package " + hex.EncodeToString(sum[:6])
	source, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		return nil, "", nil, err
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	marked := false
	for _, f := range source.File {
		body, err := readZipped(f)
		if err != nil {
			return nil, "", nil, err
		}
		switch f.Name {
		case "staticresources/" + softphoneResource + ".resource-meta.xml":
			marked = described.Match(body)
			body = described.ReplaceAll(body, []byte("<description>"+stamp+"</description>"))
		case "package.xml":
			if members, err = membersOf(body); err != nil {
				return nil, "", nil, err
			}
		}
		w, err := z.Create(f.Name)
		if err != nil {
			return nil, "", nil, err
		}
		if _, err := w.Write(body); err != nil {
			return nil, "", nil, err
		}
	}
	if !marked {
		return nil, "", nil, errors.New("package: its static resource has no description to put a stamp into")
	}
	err = z.Close()
	return out.Bytes(), stamp, members, err
}

func readZipped(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(r)
	return body, errors.Join(err, r.Close())
}

type manifest struct {
	XMLName xml.Name       `xml:"http://soap.sforce.com/2006/04/metadata Package"`
	Types   []manifestType `xml:"types"`
	Version string         `xml:"version"`
}

type manifestType struct {
	Members []string `xml:"members"`
	Name    string   `xml:"name"`
}

func membersOf(packageXML []byte) ([]Member, error) {
	var m manifest
	if err := xml.Unmarshal(packageXML, &m); err != nil {
		return nil, fmt.Errorf("package.xml: %w", err)
	}
	var all []Member
	for _, t := range m.Types {
		for _, name := range t.Members {
			all = append(all, Member{t.Name, name})
		}
	}
	return all, nil
}

// destructive is an archive that deletes components, and nothing else.
func destructive(members []Member) ([]byte, error) {
	byType := map[string]int{}
	gone := manifest{Version: salesforce.APIVersion}
	for _, m := range members {
		at, known := byType[m.Type]
		if !known {
			at = len(gone.Types)
			byType[m.Type] = at
			gone.Types = append(gone.Types, manifestType{Name: m.Type})
		}
		gone.Types[at].Members = append(gone.Types[at].Members, m.Name)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, doc := range map[string]manifest{"package.xml": {Version: salesforce.APIVersion}, "destructiveChanges.xml": gone} {
		body, err := xml.MarshalIndent(doc, "", "    ")
		if err != nil {
			return nil, err
		}
		w, err := z.Create(name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(append([]byte(xml.Header), body...)); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}
