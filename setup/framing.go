package setup

import (
	"context"
	"errors"

	"github.com/patchcord/patchcord/salesforce"
)

// Framing lets the console frame the softphone page where the org protects its pages from being framed. The protection stays on; the
// console's origin becomes a trusted one.
type Framing struct{ Hosts Hosts }

// Name says what it is.
func (Framing) Name() string { return "framing" }

const (
	framingType = "IframeWhiteListUrlSettings"
	framingName = "IframeWhiteListUrl"
	framingFile = "iframeWhiteListUrlSettings/IframeWhiteListUrl.iframeWhiteListUrlSettings"
	framingXML  = `<?xml version="1.0" encoding="UTF-8"?>
<IframeWhiteListUrlSettings xmlns="http://soap.sforce.com/2006/04/metadata">
</IframeWhiteListUrlSettings>
`
	// The protection of pages without the platform's header, as the softphone page is.
	protection  = "enableClickjackNonsetupUserHeaderless"
	pageContext = "VisualforcePages"
	framingWhy  = "with clickjack protection on, the org refuses to frame the softphone page elsewhere"
)

// Plan reads the session settings; an org that has nothing to say about them protects nothing.
func (s Framing) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: "Settings", Name: "Security"}, salesforce.Member{Type: framingType, Name: framingName})
	if errors.Is(err, salesforce.ErrNoRetrieve) {
		return []Change{{Action: Person, What: "In Setup → Session Settings see that clickjack protection for customer Visualforce pages with headers disabled is off, or add " + s.Hosts.Lightning + " to Trusted Domains for Inline Frames as Visualforce Pages.", Why: framingWhy, Link: s.Hosts.Lightning + "/lightning/setup/SecuritySession/home"}}, nil
	}
	if err != nil {
		return nil, err
	}
	on, err := protects(document(files["settings/Security.settings"]))
	if err != nil {
		return nil, err
	}
	if !on {
		return []Change{right("the org does not keep the console from framing the softphone page")}, nil
	}
	have := document(files[framingFile])
	action := Update
	if have == "" {
		action, have = Create, framingXML
	}
	trusted, err := have.frame(s.Hosts.Lightning)
	if err != nil {
		return nil, err
	}
	if trusted != nil {
		return []Change{right("%s may frame the softphone page", s.Hosts.Lightning)}, nil
	}
	c := Change{Action: action, What: "trusted domains for inline frames", New: s.Hosts.Lightning, Old: "without the console", Why: framingWhy,
		made: []Made{{Kind: Entry, What: s.Hosts.Lightning + " in the trusted domains for inline frames", Object: framingType, Name: framingName, Entry: framePrefix + s.Hosts.Lightning}},
		do: func(ctx context.Context) error {
			edited, err := have.addFrame(s.Hosts.Lightning)
			if err != nil {
				return err
			}
			return deployOne(ctx, p, framingType, framingName, framingFile, string(edited))
		}}
	if action == Create {
		c.What, c.Old, c.New = s.Hosts.Lightning+" in the trusted domains for inline frames", "", ""
	}
	return []Change{c}, nil
}

// protects reads the switch in the session settings.
func protects(settings document) (bool, error) {
	if settings == "" {
		return false, nil
	}
	root, err := settings.root()
	if err != nil {
		return false, err
	}
	sessions, err := settings.below(root, "sessionSettings")
	if err != nil || len(sessions) == 0 {
		return false, err
	}
	switches, err := settings.below(sessions[0], protection)
	return err == nil && len(switches) > 0 && settings.text(switches[0]) == "true", err
}

const framePrefix = "frame:"

// frame finds the entry that lets an origin frame Visualforce pages; nil if there is none.
func (d document) frame(origin string) (*element, error) {
	root, err := d.root()
	if err != nil {
		return nil, err
	}
	entries, err := d.below(root, "iframeWhiteListUrls")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		urls, err := d.below(e, "url")
		if err != nil {
			return nil, err
		}
		contexts, err := d.below(e, "context")
		if err != nil {
			return nil, err
		}
		if len(urls) == 1 && len(contexts) == 1 && d.text(urls[0]) == origin && d.text(contexts[0]) == pageContext {
			return &e, nil
		}
	}
	return nil, nil
}

// addFrame adds the entry as the last one.
func (d document) addFrame(origin string) (document, error) {
	root, err := d.root()
	if err != nil {
		return d, err
	}
	entries, err := d.below(root, "iframeWhiteListUrls")
	if err != nil {
		return d, err
	}
	at := root.from
	if len(entries) > 0 {
		at = entries[len(entries)-1].end
	}
	return d.insert(at, "    <iframeWhiteListUrls>\n        <context>"+pageContext+"</context>\n        <url>"+escape(origin)+"</url>\n    </iframeWhiteListUrls>"), nil
}
