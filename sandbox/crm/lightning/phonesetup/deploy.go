package phonesetup

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// file is one component that a screen writes.
type file struct {
	kind, name, path string
	source           []byte
}

type packageXML struct {
	XMLName xml.Name      `xml:"http://soap.sforce.com/2006/04/metadata Package"`
	Types   []packageType `xml:"types"`
	Version string        `xml:"version"`
}

type packageType struct {
	Members string `xml:"members"`
	Name    string `xml:"name"`
}

// deploy writes components as a deployment of the Metadata API does, all or none, and waits for it.
func (s *server) deploy(ctx context.Context, r asked, done entry, files ...file) error {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	manifest := packageXML{Version: "67.0"}
	add := func(path string, body []byte) error {
		w, err := z.Create(path)
		if err == nil {
			_, err = w.Write(body)
		}
		return err
	}
	for _, f := range files {
		manifest.Types = append(manifest.Types, packageType{f.name, f.kind})
		if err := add(f.path, f.source); err != nil {
			return err
		}
	}
	body, err := xml.Marshal(manifest)
	if err != nil {
		return err
	}
	if err := add("package.xml", body); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	id := s.cfg.Deploys.Deploy(r.user, b.Bytes())
	if err := s.cfg.Deploys.Wait(ctx, id); err != nil {
		return fmt.Errorf("save %s: %w", files[0].path, err)
	}
	p, _ := s.cfg.Deploys.Progress(id)
	if !p.Success {
		return refuse(400, "INVALID_FIELD", strings.Join(p.Problems, "\n"))
	}
	return s.change(ctx, r, done, func(*crm.Actor) error { return nil })
}
