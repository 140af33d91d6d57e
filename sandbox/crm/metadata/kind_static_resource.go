package metadata

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

func staticResource() kind {
	return kind{
		name: "StaticResource", folder: "staticresources", suffix: ".resource", turn: 2, content: true,
		label: "static resource", section: "Static Resource",
		install: (*installer).installResource, remove: (*installer).removeResource,
	}
}

const maxResource = 5 << 20

type resourceXML struct {
	ContentType  string `xml:"contentType"`
	CacheControl string `xml:"cacheControl"`
	Description  string `xml:"description"`
}

// installResource keeps the record of a static resource; what is a zip must be one.
func (in *installer) installResource(ctx context.Context, p part, e *element, c *records.Component) error {
	var x resourceXML
	if err := decode(e, &x); err != nil {
		return err
	}
	switch {
	case !p.hasBody:
		return bad(e, "the file %s is missing", p.file)
	case len(p.body) > maxResource:
		return bad(e, "Maximum size for a static resource is 5 MB")
	}
	if x.ContentType == "application/zip" {
		if _, err := unpack(p.body); err != nil {
			return bad(e, "%s: %s", p.file, err)
		}
	}
	var err error
	c.ID, err = in.put(ctx, p.kind.name, p.fullName, records.Values{
		"Name": p.fullName, "ContentType": x.ContentType, "BodyLength": float64(len(p.body)),
		"CacheControl": x.CacheControl, "Description": x.Description,
	})
	return err
}

func (in *installer) removeResource(ctx context.Context, name string, _ manifest) error {
	return in.clear(ctx, "StaticResource", "Name", name)
}
