package setup

import (
	"slices"
	"strings"
	"testing"
)

// names are the developer names of what a list shows.
func (o componentsOut) names() []string {
	var all []string
	for _, i := range o.Items {
		all = append(all, i.Name)
	}
	return all
}

func (o componentsOut) named(name string) componentForm {
	i := slices.IndexFunc(o.Items, func(f componentForm) bool { return f.Name == name })
	if i < 0 {
		return componentForm{}
	}
	return o.Items[i]
}

func TestOmniChannelIsSetUp(t *testing.T) {
	d := openDesk(t)
	if out := does[componentsOut](d, "GET", "/presence-statuses", "", 200); out.Enabled || len(out.Items) > 0 {
		t.Errorf("before: %+v", out)
	}
	does[nothing](d, "POST", "/omni-channel", `{"enabled":true}`, 200)
	if !does[omniOut](d, "GET", "/omni-channel", "", 200).Enabled {
		t.Error("it was not enabled")
	}
	does[nothing](d, "POST", "/service-channels", `{"name":"Cases","texts":{"label":"Cases","relatedEntityType":"Case"}}`, 200)
	does[nothing](d, "POST", "/presence-statuses", `{"name":"Ready","texts":{"label":"Ready"},"lists":{"channels":["Cases"]}}`, 200)
	does[nothing](d, "POST", "/routing-configurations", `{"name":"Calm","texts":{"label":"Calm","routingModel":"LEAST_ACTIVE",`+
		`"routingPriority":"1","capacityWeight":"1"}}`, 200)
	does[nothing](d, "POST", "/queues", `{"name":"Late","texts":{"name":"Late","queueRoutingConfig":"Calm"},`+
		`"lists":{"objects":["Case"],"users":["amelia@x.example"]}}`, 200)
	does[nothing](d, "POST", "/presence-configurations", `{"name":"Desk","texts":{"label":"Desk","capacity":"3"},`+
		`"flags":{"enableDecline":true},"lists":{"profiles":["standard"],"users":[]}}`, 200)
	for path, want := range map[string]string{
		"presence-statuses": "Ready", "service-channels": "Cases", "routing-configurations": "Calm", "queues": "Late",
		"presence-configurations": "Default_Presence_Configuration Desk",
	} {
		if got := does[componentsOut](d, "GET", "/"+path, "", 200).names(); strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	queue := does[componentsOut](d, "GET", "/queues", "", 200).named("Late")
	if !slices.Equal(queue.Lists["objects"], []string{"Case"}) || queue.Texts["queueRoutingConfig"] != "Calm" {
		t.Errorf("%+v", queue)
	}
	config := does[componentsOut](d, "GET", "/presence-configurations", "", 200).named("Desk")
	if !slices.Equal(config.Lists["profiles"], []string{"standard"}) || !config.Flags["enableDecline"] || config.Texts["capacity"] != "3" {
		t.Errorf("%+v", config)
	}
	if trail := d.trail(); !slices.Contains(trail, "ada@x.example: Created presence status Ready (Omni-Channel)") ||
		!slices.Contains(trail, "ada@x.example: Enabled Omni-Channel (Omni-Channel)") {
		t.Errorf("trail %q", trail)
	}
}

func TestAPresenceStatusIsEditedAndDeleted(t *testing.T) {
	d := openDesk(t)
	does[nothing](d, "POST", "/omni-channel", `{"enabled":true}`, 200)
	does[nothing](d, "POST", "/service-channels", `{"name":"Cases","texts":{"label":"Cases","relatedEntityType":"Case"}}`, 200)
	does[nothing](d, "POST", "/presence-statuses", `{"name":"Ready","texts":{"label":"Ready"},"lists":{"channels":["Cases"]}}`, 200)
	for body, want := range map[string]string{
		`{"name":"Ready","texts":{"label":"Again"}}`:                         "already exists",
		`{"name":"No way","texts":{"label":"No"}}`:                           "The Developer Name can only",
		`{"name":"No","texts":{"label":" "}}`:                                "You must enter a value",
		`{"name":"No","texts":{"label":"No"},"lists":{"channels":["Chat"]}}`: `"In field: channel - no ServiceChannel named Chat found"`,
	} {
		if got := d.send("POST", "/presence-statuses", body); got.Code != 400 || !strings.Contains(got.Body.String(), want) {
			t.Errorf("%s: %d %s", body, got.Code, got.Body)
		}
	}
	was := does[componentsOut](d, "GET", "/presence-statuses", "", 200).named("Ready").LastModified
	if got := d.send("DELETE", "/service-channels/Cases", ""); got.Code != 400 ||
		!strings.Contains(got.Body.String(), "Presence Status - Ready.") {
		t.Errorf("a channel that a status has: %d %s", got.Code, got.Body)
	}
	does[nothing](d, "POST", "/presence-statuses/Ready", `{"texts":{"label":"Busy"},"lists":{"channels":[]},"lastModified":"`+was+`"}`, 200)
	if got := does[componentsOut](d, "GET", "/presence-statuses", "", 200).named("Ready"); got.Texts["label"] != "Busy" ||
		len(got.Lists["channels"]) > 0 {
		t.Errorf("%+v", got)
	}
	if got := d.send("POST", "/presence-statuses/Ready", `{"texts":{"label":"Late"},"lastModified":"2026-01-01T00:00:00Z"}`); got.Code != 409 {
		t.Errorf("the slower of two: %d %s", got.Code, got.Body)
	}
	does[nothing](d, "DELETE", "/service-channels/Cases", "", 200)
	does[nothing](d, "DELETE", "/presence-statuses/Ready", "", 200)
	if got := d.send("DELETE", "/presence-statuses/Ready", ""); got.Code != 404 {
		t.Errorf("deleted twice: %d", got.Code)
	}
}

func TestPresenceStatusesAreGiven(t *testing.T) {
	d := openDesk(t)
	does[nothing](d, "POST", "/omni-channel", `{"enabled":true}`, 200)
	does[nothing](d, "POST", "/presence-statuses", `{"name":"Ready","texts":{"label":"Ready"}}`, 200)
	set := d.set("Agents", "Agents")
	status := does[setOut](d, "GET", "/permsets/"+set, "", 200).Statuses[0]
	if status.Label != "Ready" || status.On {
		t.Fatalf("%+v", status)
	}
	does[nothing](d, "PUT", "/permsets/"+set+"/statuses", `{"on":["`+status.Name+`"]}`, 200)
	if got := does[setOut](d, "GET", "/permsets/"+set, "", 200).Statuses; !got[0].On {
		t.Errorf("%+v", got)
	}
	profile := does[profilesOut](d, "GET", "/profiles", "", 200).Profiles[0].ID
	does[nothing](d, "PUT", "/profiles/"+profile+"/statuses", `{"on":["`+status.Name+`"]}`, 200)
	if got := does[profilePageOut](d, "GET", "/profiles/"+profile, "", 200).Statuses; !got[0].On {
		t.Errorf("%+v", got)
	}
	if got := d.send("PUT", "/permsets/"+set+"/statuses", `{"on":["0N5000000000001"]}`); got.Code != 400 {
		t.Errorf("a status that is not there: %d %s", got.Code, got.Body)
	}
}
