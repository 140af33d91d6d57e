package steps

import (
	"context"
	"errors"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// Framing lets the console frame the softphone page where the org protects its pages from being framed. The protection
// stays on; the console's origin becomes a trusted one.
type Framing struct{ Hosts setup.Hosts }

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
func (s Framing) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	files, err := p.CRM.Retrieve(ctx, securityMember,
		salesforce.Member{Type: framingType, Name: framingName})
	if errors.Is(err, salesforce.ErrNoRetrieve) {
		return []setup.Change{s.byPerson()}, nil
	}
	if err != nil {
		return nil, err
	}
	on, err := protects(org.Document(files[securityFile]))
	if err != nil {
		return nil, err
	}
	if !on {
		return []setup.Change{setup.Right("the org does not keep the console from framing the softphone page")}, nil
	}
	have := org.Document(files[fileOf(files, framingFile)])
	isNew := have == ""
	if isNew {
		have = framingXML
	}
	trusted, err := frame(have, s.Hosts.Lightning)
	if err != nil {
		return nil, err
	}
	if trusted != nil {
		return []setup.Change{setup.Right("%s may frame the softphone page", s.Hosts.Lightning)}, nil
	}
	c, err := s.trust(have, fileOf(files, framingFile))
	if isNew {
		c.Action, c.What, c.Old, c.New = setup.Create, s.Hosts.Lightning+" in the trusted domains for inline frames", "", ""
	}
	return []setup.Change{c}, err
}

func (s Framing) byPerson() setup.Change {
	return setup.Change{
		Action: setup.Person,
		What: "In Setup → Session Settings see that clickjack protection for customer Visualforce pages with headers " +
			"disabled is off, or add " +
			s.Hosts.Lightning + " to Trusted Domains for Inline Frames as Visualforce Pages.",
		Why: framingWhy, Link: s.Hosts.Lightning + "/lightning/setup/SecuritySession/home",
	}
}

// trust adds the console's origin to the trusted domains that the org has. The platform may let its own console in
// without, so a refusal ends nothing.
func (s Framing) trust(have org.Document, file string) (setup.Change, error) {
	edited, err := addFrame(have, s.Hosts.Lightning)
	return setup.Change{
		Action: setup.Update, What: "trusted domains for inline frames", Why: framingWhy,
		Old: "without the console", New: s.Hosts.Lightning,
		Deploy:   org.One(framingType, framingName, file, string(edited)),
		Optional: "The console may be let in all the same: see whether the panel shows.",
		Made: []setup.Made{{
			What:  s.Hosts.Lightning + " in the trusted domains for inline frames",
			Entry: TrustedFrame{Origin: s.Hosts.Lightning},
		}},
	}, err
}

// TrustedFrame is an origin among the trusted domains for inline frames: it is taken out.
type TrustedFrame struct {
	Origin string `json:"origin"`
}

// Kind is its name in the record.
func (TrustedFrame) Kind() string { return "trusted frame" }

// Key is the origin: the org has one list.
func (t TrustedFrame) Key() string { return t.Origin }

// Undo takes it out of the list as it is by then.
func (t TrustedFrame) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	return undoInFile(ctx, p, m, sfdx.Member{Type: framingType, Name: framingName}, framingFile, cutFrame(t.Origin))
}

// framingElements are what sources call an entry: the guide's fields, and its sample.
var framingElements = []string{"iframeWhiteListUrls", "iframeWhiteListUrl"}

// frames lists the entries, whatever they are called, and what they are called here.
func frames(d org.Document) (entries []org.Element, name string, err error) {
	root, err := d.Root()
	if err != nil {
		return nil, "", err
	}
	for _, name := range framingElements {
		if entries, err = d.Below(root, name); err != nil || len(entries) > 0 {
			return entries, name, err
		}
	}
	return nil, framingElements[0], nil
}

// cutFrame takes an origin out of the trusted domains.
func cutFrame(origin string) cut {
	return func(d org.Document) (org.Document, bool, error) {
		e, err := frame(d, origin)
		if err != nil || e == nil {
			return d, false, err
		}
		return d.Cut(*e), true, nil
	}
}

// protects reads the switch in the session settings.
func protects(settings org.Document) (bool, error) {
	if settings == "" {
		return false, nil
	}
	root, err := settings.Root()
	if err != nil {
		return false, err
	}
	sessions, err := settings.Below(root, "sessionSettings")
	if err != nil || len(sessions) == 0 {
		return false, err
	}
	switches, err := settings.Below(sessions[0], protection)
	return err == nil && len(switches) > 0 && settings.Text(switches[0]) == "true", err
}

// frame finds the entry that lets an origin frame Visualforce pages; nil if there is none.
func frame(d org.Document, origin string) (*org.Element, error) {
	entries, _, err := frames(d)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		urls, err := d.Below(e, "url")
		if err != nil {
			return nil, err
		}
		contexts, err := d.Below(e, "context")
		if err != nil {
			return nil, err
		}
		if len(urls) == 1 && len(contexts) == 1 && d.Text(urls[0]) == origin && d.Text(contexts[0]) == pageContext {
			return &e, nil
		}
	}
	return nil, nil
}

// addFrame adds the entry as the last one, under the name that the others have.
func addFrame(d org.Document, origin string) (org.Document, error) {
	root, err := d.Root()
	if err != nil {
		return d, err
	}
	entries, name, err := frames(d)
	if err != nil {
		return d, err
	}
	at := root.From
	if len(entries) > 0 {
		at = entries[len(entries)-1].End
	}
	return d.Insert(at, "    <"+name+">\n        <context>"+pageContext+"</context>\n        <url>"+
		org.Escape(origin)+"</url>\n    </"+name+">"), nil
}
