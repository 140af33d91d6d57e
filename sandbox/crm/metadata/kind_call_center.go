package metadata

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

func callCenter() kind {
	return kind{
		name: callCenterKind, folder: "callCenters", suffix: ".callCenter", turn: 3,
		label: "call center", section: "Call Center",
		install: (*installer).installCallCenter, there: (*installer).callCenterThere,
		remove: (*installer).removeCallCenter,
	}
}

const callCenterKind = "CallCenter"

type callCenterXML struct {
	AdapterURL     string `xml:"adapterUrl"`
	CustomSettings string `xml:"customSettings"` // JSON object: item to value
	DisplayName    string `xml:"displayName"`
	Version        string `xml:"version"`
	Sections       []struct {
		Name  string `xml:"name"`
		Items []struct {
			Name  string `xml:"name"`
			Value string `xml:"value"`
		} `xml:"items"`
	} `xml:"sections"`
}

// installCallCenter keeps the record that users are linked to. Its settings are what the file's say: the sections do
// not make them.
func (in *installer) installCallCenter(ctx context.Context, p part, e *element, c *records.Component) error {
	var x callCenterXML
	if err := decode(e, &x); err != nil {
		return err
	}
	for _, s := range x.Sections {
		for _, item := range s.Items {
			if s.Name == "reqGeneralInfo" && item.Name == "reqAdapterUrl" && x.AdapterURL == "" {
				x.AdapterURL = item.Value
			}
		}
	}
	settings := strings.TrimSpace(x.CustomSettings)
	if settings != "" && !json.Valid([]byte(settings)) {
		return bad(e, "customSettings must be a JSON object")
	}
	var err error
	c.ID, err = in.put(ctx, p.kind.name, p.fullName, records.Values{
		"Name": x.DisplayName, "InternalName": p.fullName, "Version": x.Version, "AdapterUrl": x.AdapterURL,
		"CustomSettings": settings,
	})
	return err
}

// callCenterThere finds one that has no file, because it was made in Setup.
func (in *installer) callCenterThere(ctx context.Context, name string) (string, error) {
	id, err := in.id(ctx, callCenterKind, name)
	if err != nil || id == "" {
		return "", err
	}
	return name, nil
}

// removeCallCenter takes its users out first.
func (in *installer) removeCallCenter(ctx context.Context, name string, _ manifest) error {
	id, err := in.id(ctx, callCenterKind, name)
	if err != nil || id == "" {
		return err
	}
	users, err := in.actor.Query(ctx, "SELECT Id FROM User WHERE CallCenterId = "+soql.Quote(string(id)), false)
	if err != nil {
		return err
	}
	for _, u := range users.Records {
		if err := in.actor.Update(ctx, "User", u.ID(), records.Values{"CallCenterId": nil}, ""); err != nil {
			return err
		}
	}
	return in.actor.Delete(ctx, callCenterKind, id)
}
