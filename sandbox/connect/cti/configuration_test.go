package cti

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// configured is what a client reads of its configuration.
func (d *floor) configured(token string) string {
	d.Helper()
	_, answer := d.ask(token, "GetAgentConfiguration", `{}`)
	text, err := json.Marshal(answer)
	if err != nil {
		d.Fatal(err)
	}
	var got struct {
		Configuration struct {
			Name, Username, Extension             string
			SoftphoneEnabled, SoftphoneAutoAccept *bool
			AgentPreferences                      map[string]string
			RoutingProfile                        struct{ Name string }
		}
	}
	if err := json.Unmarshal(text, &got); err != nil || got.Configuration.SoftphoneEnabled == nil ||
		got.Configuration.SoftphoneAutoAccept == nil {
		d.Fatalf("%s, %v", text, err)
	}
	c := got.Configuration
	return fmt.Sprintf("%s soft=%t auto=%t %q %v %s", c.Username, *c.SoftphoneEnabled, *c.SoftphoneAutoAccept,
		c.Extension, c.AgentPreferences, c.RoutingProfile.Name)
}

func TestTheConfigurationIsTheUsers(t *testing.T) {
	s := state(t)
	s.Users[1].Phone, s.Users[1].DeskNumber, s.Users[1].AutoAccept = connect.DeskPhone, "+12065550150", true
	s.Users[1].Preferences = map[string]string{"LANGUAGE": "de_DE"}
	d := open(t, s, origin)
	for user, want := range map[string]string{
		"amelia": `amelia soft=true auto=false "" map[LANGUAGE:en_US] Basic Routing Profile`,
		"omar":   `omar soft=false auto=true "+12065550150" map[LANGUAGE:de_DE] Basic Routing Profile`,
	} {
		if got := d.configured(d.browser().signIn(user)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestAnAgentUpdatesTheConfiguration(t *testing.T) {
	d := open(t, state(t), origin)
	amelia, omar := d.browser().signIn("amelia"), d.browser().signIn("omar")
	update := func(body string) {
		t.Helper()
		if status, answer := d.ask(amelia, "UpdateAgentConfiguration", body); status != http.StatusOK || len(answer) != 0 {
			t.Fatalf("%d %v", status, answer)
		}
	}
	update(`{"configuration":{"name":"Somebody Else","username":"omar","softphoneEnabled":false,"softphoneAutoAccept":true,
"extension":"+12065550150",
		"routingProfile":{"name":"Another","routingProfileARN":"x"},"agentPreferences":{"LANGUAGE":"fr_FR"}}}`)
	desk := `amelia soft=false auto=false "+12065550150" map[LANGUAGE:fr_FR] Basic Routing Profile`
	if got := d.configured(amelia); got != desk {
		t.Errorf("%s, want %s", got, desk)
	}
	if got, want := d.configured(omar), `omar soft=true auto=false "" map[LANGUAGE:en_US] Basic Routing Profile`; got != want {
		t.Errorf("another's: %s, want %s", got, want)
	}
	for _, body := range []string{
		`{}`, `{"configuration":null}`, `{"configuration":{"extension":"sip:bob@host"}}`, `{"configuration":{"extension":""}}`,
		`{"configuration":{"agentPreferences":{"LANGUAGE":"klingon"}}}`, `{"configuration":{"agentPreferences":{"x":"` +
			strings.Repeat("x", 300) + `"}}}`,
	} {
		d.refused(amelia, "UpdateAgentConfiguration", body, http.StatusBadRequest, "InvalidConfigurationException")
	}
	d.refused(amelia, "UpdateAgentConfiguration", `{"configuration":{"softphoneEnabled":"yes"}}`, http.StatusBadRequest,
		"SerializationException")
	d.refused("", "UpdateAgentConfiguration", `{"configuration":{"softphoneEnabled":true}}`, http.StatusUnauthorized, "UnauthorizedException")
	again := open(t, d.centre.State(), origin)
	if got := again.configured(again.browser().signIn("amelia")); got != desk {
		t.Errorf("after a restart: %s, want %s", got, desk)
	}
	update(`{"configuration":{"softphoneEnabled":true}}`)
	if got, want := d.configured(amelia), `amelia soft=true auto=false "+12065550150" map[LANGUAGE:fr_FR] Basic Routing Profile`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestACallToADeskPhoneIsNoneOfTheSoftphones(t *testing.T) {
	s := state(t)
	s.Users[0].Phone, s.Users[0].DeskNumber, s.Users[0].AutoAccept = connect.DeskPhone, "+12065550150", true
	d := open(t, s, origin)
	token := d.browser().signIn("amelia")
	k := d.ring("amelia", "+12065550142")
	media := func() bool {
		t.Helper()
		_, answer := d.ask(token, "GetAgentSnapshot", `{}`)
		text, err := json.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), string(k.AgentConnection.ID)) {
			t.Fatalf("no such contact: %s", text)
		}
		return strings.Contains(string(text), "softphoneMediaInfo")
	}
	if media() {
		t.Error("a desk phone's leg has media of a softphone")
	}
	body := fmt.Sprintf(`{"contactId":%q}`, k.ID)
	d.refused(token, "AcceptContact", body, http.StatusBadRequest, "InvalidStateException")
	d.centre.DeskPhoneAnswered(k.ID, k.AgentConnection.ID)
	if status, _ := d.ask(token, "AcceptContact", body); status != http.StatusOK || media() {
		t.Errorf("%d once it is answered, media %t", status, media())
	}
	if err := d.centre.DestroyConnection(d.id("amelia"), k.ID, k.AgentConnection.ID); err != nil {
		t.Fatal(err)
	}
	if status, answer := d.ask(token, "UpdateAgentConfiguration", `{"configuration":{"softphoneEnabled":true}}`); status != http.StatusOK {
		t.Fatal(answer)
	}
	if status, _ := d.ask(token, "ClearContact", body); status != http.StatusOK {
		t.Fatal(status)
	}
	if k = d.ring("amelia", "+12065550143"); !media() {
		t.Error("a softphone's leg has no media")
	}
}
