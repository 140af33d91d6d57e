package metadata

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

type pageXML struct {
	Label       string  `xml:"label"`
	Description string  `xml:"description"`
	Version     float64 `xml:"apiVersion"`
}

// page keeps a Visualforce page; its markup is the file beside the description.
func (in *installer) page(ctx context.Context, p part) error {
	var x pageXML
	if err := xml.Unmarshal(p.description(), &x); err != nil {
		return &problem{err.Error(), line(err)}
	}
	markup, ok := p.files[p.file]
	switch {
	case !ok:
		return bad("the file %s is missing", p.file)
	case len(markup) > 1<<20:
		return bad("a page may have 1 MB at most")
	case !strings.Contains(string(markup), "<apex:page"):
		return bad("The element type \"apex:page\" is missing: a page begins with it")
	case x.Label == "":
		return bad("Required field is missing: label")
	}
	_, err := in.put(ctx, "ApexPage", "Name", p.fullName, crm.Values{
		"Name": p.fullName, "MasterLabel": x.Label, "Description": x.Description, "ApiVersion": x.Version, "Markup": string(markup),
	})
	return err
}

type resourceXML struct {
	ContentType  string `xml:"contentType"`
	CacheControl string `xml:"cacheControl"`
	Description  string `xml:"description"`
}

// resource keeps a static resource; what is a zip must be one.
func (in *installer) resource(ctx context.Context, p part) error {
	var x resourceXML
	if err := xml.Unmarshal(p.description(), &x); err != nil {
		return &problem{err.Error(), line(err)}
	}
	body, ok := p.files[p.file]
	switch {
	case !ok:
		return bad("the file %s is missing", p.file)
	case x.ContentType == "":
		return bad("Required field is missing: contentType")
	case len(body) > 5<<20:
		return bad("Maximum size for a static resource is 5 MB")
	}
	if x.ContentType == "application/zip" {
		if _, err := unpack(body); err != nil {
			return bad("%s: %s", p.file, err)
		}
	}
	_, err := in.put(ctx, "StaticResource", "Name", p.fullName, crm.Values{
		"Name": p.fullName, "ContentType": x.ContentType, "BodyLength": float64(len(body)), "CacheControl": x.CacheControl, "Description": x.Description,
	})
	return err
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
func (in *installer) callCenter(ctx context.Context, p part) error {
	var x callCenterXML
	if err := xml.Unmarshal(p.description(), &x); err != nil {
		return &problem{err.Error(), line(err)}
	}
	if x.DisplayName == "" {
		return bad("Required field is missing: displayName")
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
		return err
	}
	_, err = in.put(ctx, "CallCenter", "InternalName", p.fullName, crm.Values{
		"Name": x.DisplayName, "InternalName": p.fullName, "Version": x.Version, "AdapterUrl": x.AdapterURL, "CustomSettings": string(body),
	})
	return err
}
