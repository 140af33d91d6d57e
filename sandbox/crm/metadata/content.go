package metadata

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

type pageXML struct {
	Label       string  `xml:"label"`
	Description string  `xml:"description"`
	Version     float64 `xml:"apiVersion"`
}

// page keeps a Visualforce page; its markup is the file beside the description.
func (in *installer) page(ctx context.Context, p part, e *element) (crm.RecordID, error) {
	var x pageXML
	if err := decode(e, &x); err != nil {
		return "", err
	}
	markup := p.body
	switch {
	case !p.hasBody:
		return "", bad(e, "the file %s is missing", p.file)
	case len(markup) > 1<<20:
		return "", bad(e, "a page may have 1 MB at most")
	case !strings.Contains(string(markup), "<apex:page"):
		return "", bad(e, "The element type \"apex:page\" is missing: a page begins with it")
	}
	return in.put(ctx, "ApexPage", "Name", p.fullName, crm.Values{
		"Name": p.fullName, "MasterLabel": x.Label, "Description": x.Description, "ApiVersion": x.Version, "Markup": string(markup),
	})
}

type resourceXML struct {
	ContentType  string `xml:"contentType"`
	CacheControl string `xml:"cacheControl"`
	Description  string `xml:"description"`
}

// resource keeps a static resource; what is a zip must be one.
func (in *installer) resource(ctx context.Context, p part, e *element) (crm.RecordID, error) {
	var x resourceXML
	if err := decode(e, &x); err != nil {
		return "", err
	}
	body := p.body
	switch {
	case !p.hasBody:
		return "", bad(e, "the file %s is missing", p.file)
	case len(body) > 5<<20:
		return "", bad(e, "Maximum size for a static resource is 5 MB")
	}
	if x.ContentType == "application/zip" {
		if _, err := unpack(body); err != nil {
			return "", bad(e, "%s: %s", p.file, err)
		}
	}
	return in.put(ctx, "StaticResource", "Name", p.fullName, crm.Values{
		"Name": p.fullName, "ContentType": x.ContentType, "BodyLength": float64(len(body)), "CacheControl": x.CacheControl, "Description": x.Description,
	})
}

const maxAsset = 5 << 20

// asset is a file of the org's content, such as the image of an app; its content is the file beside the description.
func (in *installer) asset(_ context.Context, p part, e *element) (crm.RecordID, error) {
	switch {
	case !p.hasBody:
		return "", bad(e, "the file %s is missing", p.file)
	case len(p.body) > maxAsset:
		return "", bad(e, "Maximum size for an asset file is 5 MB")
	}
	return "", nil
}

type callCenterXML struct {
	AdapterURL  string `xml:"adapterUrl"`
	DisplayName string `xml:"displayName"`
	Version     string `xml:"version"`
	Sections    []struct {
		Name  string `xml:"name"`
		Items []struct {
			Name  string `xml:"name"`
			Value string `xml:"value"`
		} `xml:"items"`
	} `xml:"sections"`
}

// callCenter keeps a call centre definition and the record that users are linked to.
func (in *installer) callCenter(ctx context.Context, p part, e *element) (crm.RecordID, error) {
	var x callCenterXML
	if err := decode(e, &x); err != nil {
		return "", err
	}
	settings := map[string]string{}
	for _, s := range x.Sections {
		for _, item := range s.Items {
			settings["/"+s.Name+"/"+item.Name] = item.Value
			if s.Name == "reqGeneralInfo" && item.Name == "reqAdapterUrl" && x.AdapterURL == "" {
				x.AdapterURL = item.Value
			}
		}
	}
	body, err := json.Marshal(settings)
	if err != nil {
		return "", err
	}
	return in.put(ctx, "CallCenter", "InternalName", p.fullName, crm.Values{
		"Name": x.DisplayName, "InternalName": p.fullName, "Version": x.Version, "AdapterUrl": x.AdapterURL, "CustomSettings": string(body),
	})
}
