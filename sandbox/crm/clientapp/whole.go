package clientapp

import (
	"context"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// Belongs names the app that a component's file belongs to; "" if it cannot be read.
func Belongs(body []byte) string {
	d, err := read(body)
	if err != nil {
		return ""
	}
	return d.text(appElement)
}

// Lacks says what a deployed component wants beside it and finds neither in the org nor in its archive, where comes
// says that a component of a type arrives for the app. Global OAuth settings want OAuth settings; those want global
// ones, or the consumer of another org. What is wrong comes back as a sentence, "" if nothing is.
func Lacks(
	ctx context.Context, from Source, kind string, body []byte, comes func(kind, app string) bool,
) (string, error) {
	want := map[string]string{globalKind: oauthKind, oauthKind: globalKind}[kind]
	d, err := read(body)
	if want == "" || err != nil || kind == oauthKind && d.text("oauthLink") != "" {
		return "", err
	}
	app := d.text(appElement)
	all, err := load(ctx, from)
	if err != nil {
		return "", err
	}
	if _, there := all[strings.ToLower(app)][want]; there || comes(want, app) {
		return "", nil
	}
	if kind == globalKind {
		return "The external client app configured in your global OAuth Settings " +
			"doesn't have a valid OAuth settings configuration", nil
	}
	return fmt.Sprintf("In field: oauthLink - Required field is missing: %.80s has no global OAuth settings", app), nil
}

// AddPolicies gives an app that has none the policies that the org makes for it, under names of their own.
func AddPolicies(ctx context.Context, actor *crm.Actor, name string) error {
	all, err := load(ctx, actor)
	if err != nil {
		return err
	}
	have, ok := all[strings.ToLower(name)]
	if !ok {
		return nil
	}
	usual := defaults()
	for _, made := range []struct {
		kind, folder, suffix string
		says                 [][2]string
	}{
		{policiesKind, "extlClntAppPolicies/", ".ecaPlcy", [][2]string{
			{"isEnabled", "true"}, {"isOauthPluginEnabled", "true"},
		}},
		{oauthRulesKind, "extlClntAppOauthPolicies/", rulesSuffix, [][2]string{
			{"ipRelaxationPolicyType", usual.IPRelaxation}, {"permittedUsersPolicyType", string(usual.Permitted)},
			{"refreshTokenPolicyType", string(usual.Refresh)},
			{"refreshTokenValidityPeriod", strconv.Itoa(usual.Period)},
			{"refreshTokenValidityUnit", usual.Unit},
		}},
	} {
		if _, there := have[made.kind]; there {
			continue
		}
		app := have[Header].component.FullName
		full := app + "_defaultPolicy"
		d := document{XMLName: xml.Name{Local: made.kind}}
		d.set(appElement, app)
		d.set("label", full)
		for _, one := range made.says {
			d.set(one[0], one[1])
		}
		files := map[string][]byte{made.folder + full + made.suffix: d.file()}
		c := records.Component{Type: made.kind, FullName: full, Files: files}
		if err := actor.PutComponent(ctx, c); err != nil {
			return err
		}
	}
	return nil
}
