package phonesetup

import (
	"context"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// application is the part of a CustomApplication that the builder edits, in the order of the metadata's elements.
type application struct {
	XMLName     xml.Name `xml:"http://soap.sforce.com/2006/04/metadata CustomApplication"`
	Brand       *brand   `xml:"brand"`
	Description string   `xml:"description,omitempty"`
	FormFactors []string `xml:"formFactors"`
	Label       string   `xml:"label"`
	NavType     string   `xml:"navType"`
	Tabs        []string `xml:"tabs"`
	UIType      string   `xml:"uiType"`
	UtilityBar  string   `xml:"utilityBar,omitempty"`
}

type brand struct {
	HeaderColor   string `xml:"headerColor,omitempty"`
	OverrideTheme bool   `xml:"shouldOverrideOrgTheme"`
	FooterColor   string `xml:"footerColor,omitempty"`
	Logo          string `xml:"logo,omitempty"`
	LogoVersion   string `xml:"logoVersion,omitempty"`
}

// utilityBar is a FlexiPage of type UtilityBar.
type utilityBar struct {
	XMLName  xml.Name `xml:"http://soap.sforce.com/2006/04/metadata FlexiPage"`
	Regions  []region `xml:"flexiPageRegions"`
	Label    string   `xml:"masterLabel"`
	Template struct {
		Name       string     `xml:"name"`
		Properties []property `xml:"properties"`
	} `xml:"template"`
	Type string `xml:"type"`
}

type region struct {
	Items []struct {
		Instance component `xml:"componentInstance"`
	} `xml:"itemInstances"`
	Name string `xml:"name"`
	Type string `xml:"type"`
}

type component struct {
	Properties []property `xml:"componentInstanceProperties"`
	Name       string     `xml:"componentName"`
	Identifier string     `xml:"identifier,omitempty"`
}

type property struct {
	Name  string `xml:"name"`
	Type  string `xml:"type,omitempty"`
	Value string `xml:"value"`
}

const (
	serviceConsole = "standard__LightningService"
	softphone      = "opencti:softPhone"
)

// delivered is the Service Console of an org in which nobody changed it: its navigation items, no utility item.
func delivered() application {
	return application{Label: "Service Console", Description: "(Lightning Experience) Lets support agents work with multiple records across customer service channels on one screen", NavType: "Console", UIType: "Lightning", FormFactors: []string{"Large"},
		Tabs: []string{"standard-home", "standard-Account", "standard-Contact", "standard-Case", "standard-Lead", "standard-Task"}}
}

type appRow struct {
	Name         string `json:"name"` // full name
	Label        string `json:"label"`
	Developer    string `json:"developerName"`
	Description  string `json:"description"`
	LastModified string `json:"lastModified"`
	Type         string `json:"type"`
	Visible      bool   `json:"visible"`
}

type appsOut struct {
	Apps []appRow `json:"apps"`
}

func (s *server) apps(ctx context.Context, _ asked) (appsOut, error) {
	kept, err := s.cfg.Org.Components(ctx, "CustomApplication")
	if err != nil {
		return appsOut{}, err
	}
	names := []string{serviceConsole}
	for _, c := range kept {
		if c.FullName != serviceConsole {
			names = append(names, c.FullName)
		}
	}
	out := appsOut{Apps: []appRow{}}
	for _, name := range names {
		a, modified, err := s.application(ctx, name)
		if err != nil {
			return out, err
		}
		row := appRow{Name: name, Label: a.Label, Developer: strings.TrimPrefix(name, "standard__"), Description: a.Description, Type: "Lightning", Visible: a.UIType == "Lightning"}
		if a.UIType != "Lightning" {
			row.Type = "Classic"
		}
		if !modified.IsZero() {
			row.LastModified = modified.UTC().Format(moment)
		}
		out.Apps = append(out.Apps, row)
	}
	slices.SortFunc(out.Apps, func(a, b appRow) int { return strings.Compare(a.Label, b.Label) })
	return out, nil
}

func (s *server) application(ctx context.Context, name string) (application, time.Time, error) {
	kept, ok, err := s.cfg.Org.Component(ctx, "CustomApplication", name)
	if err != nil {
		return application{}, time.Time{}, err
	}
	if !ok {
		if name != serviceConsole {
			return application{}, time.Time{}, errGone
		}
		return delivered(), time.Time{}, nil
	}
	for _, body := range kept.Files {
		var a application
		if err := xml.Unmarshal(body, &a); err == nil {
			return a, kept.Modified, nil
		}
	}
	return application{}, time.Time{}, fmt.Errorf("app %s is not readable", name)
}

// utility is one item of the bar. Sizes are pixels.
type utility struct {
	Component string `json:"component"`
	Label     string `json:"label"`
	Icon      string `json:"icon"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
	Eager     bool   `json:"eager"`
}

type appOut struct {
	Name         string    `json:"name"`
	Label        string    `json:"label"`
	Developer    string    `json:"developerName"`
	Description  string    `json:"description"`
	NavType      string    `json:"navType"`
	Mirrored     bool      `json:"mirrored"`
	LastModified string    `json:"lastModified"`
	Utilities    []utility `json:"utilities"`
	Tabs         []string  `json:"tabs"`      // as metadata names them
	Available    []choice  `json:"available"` // every tab there is
	Profiles     []choice  `json:"profiles"`
}

func (s *server) app(ctx context.Context, r asked) (appOut, error) {
	name := r.PathValue("name")
	a, modified, err := s.application(ctx, name)
	if err != nil {
		return appOut{}, err
	}
	out := appOut{Name: name, Label: a.Label, Developer: strings.TrimPrefix(name, "standard__"), Description: a.Description, NavType: a.NavType, Tabs: a.Tabs, Utilities: []utility{}, Profiles: []choice{}}
	if !modified.IsZero() {
		out.LastModified = modified.UTC().Format(moment)
	}
	bar, err := s.bar(ctx, a.UtilityBar)
	if err != nil {
		return out, err
	}
	for _, reg := range bar.Regions {
		for _, i := range reg.Items {
			out.Utilities = append(out.Utilities, i.Instance.utility())
		}
	}
	for _, p := range bar.Template.Properties {
		out.Mirrored = out.Mirrored || p.Name == "isLeftAligned" && p.Value == "false"
	}
	if out.Available, err = s.tabs(ctx); err != nil {
		return out, err
	}
	profiles, err := s.query(ctx, r, "SELECT Id, Name FROM Profile ORDER BY Name")
	for _, p := range profiles {
		out.Profiles = append(out.Profiles, choice{string(p.ID()), p.Text("Name")})
	}
	return out, err
}

// tabs are those of the objects that have one: standard ones that the console shows, custom ones with a deployed tab.
func (s *server) tabs(ctx context.Context) ([]choice, error) {
	all := []choice{{"standard-home", "Home"}}
	custom, err := s.cfg.Org.Components(ctx, "CustomTab")
	if err != nil {
		return nil, err
	}
	for _, o := range s.cfg.Org.Schema().Objects() {
		switch {
		case !o.Custom && !o.Setup && (o.Searchable || o.Name == "Task"):
			all = append(all, choice{"standard-" + o.Name, o.Plural})
		case slices.ContainsFunc(custom, func(c crm.Component) bool { return c.FullName == o.Name }):
			all = append(all, choice{o.Name, o.Plural})
		}
	}
	return all, nil
}

func (s *server) bar(ctx context.Context, name string) (utilityBar, error) {
	var bar utilityBar
	kept, ok, err := s.cfg.Org.Component(ctx, "FlexiPage", name)
	if err != nil || !ok {
		return bar, err
	}
	for _, body := range kept.Files {
		if err := xml.Unmarshal(body, &bar); err == nil {
			return bar, nil
		}
	}
	return utilityBar{}, nil
}

func (c component) utility() utility {
	u := utility{Component: c.Name}
	for _, p := range c.Properties {
		switch p.Name {
		case "label":
			u.Label = p.Value
		case "icon":
			u.Icon = p.Value
		case "width":
			u.Width, _ = strconv.Atoi(p.Value) // what is no number is: not asked for
		case "height":
			u.Height, _ = strconv.Atoi(p.Value)
		case "eager":
			u.Eager = p.Value == "true"
		}
	}
	return u
}

type saveAppIn struct {
	Label        string    `json:"label"`
	Description  string    `json:"description"`
	Utilities    []utility `json:"utilities"`
	Mirrored     bool      `json:"mirrored"`
	Tabs         []string  `json:"tabs"`
	LastModified string    `json:"lastModified"`
}

// saveApp writes the app and its utility bar as one deployment.
func (s *server) saveApp(ctx context.Context, r asked) (nothing, error) {
	in, err := decode[saveAppIn](r)
	if err != nil {
		return nothing{}, err
	}
	name := r.PathValue("name")
	a, modified, err := s.application(ctx, name)
	if err != nil {
		return nothing{}, err
	}
	if since := modified.UTC().Format(moment); !modified.IsZero() && in.LastModified != since || modified.IsZero() && in.LastModified != "" {
		return nothing{}, errChanged
	}
	known, err := s.tabs(ctx)
	if err != nil {
		return nothing{}, err
	}
	if err := in.check(known, a.Tabs); err != nil {
		return nothing{}, err
	}
	old, err := s.bar(ctx, a.UtilityBar)
	if err != nil {
		return nothing{}, err
	}
	a.Label, a.Description, a.Tabs = strings.TrimSpace(in.Label), strings.TrimSpace(in.Description), in.Tabs
	files := []file{}
	if len(in.Utilities) > 0 || a.UtilityBar != "" {
		if a.UtilityBar == "" {
			a.UtilityBar = strings.TrimPrefix(name, "standard__") + "_UtilityBar"
		}
		source, err := xml.MarshalIndent(barOf(in, old), "", "    ")
		if err != nil {
			return nothing{}, err
		}
		files = append(files, file{"FlexiPage", a.UtilityBar, "flexipages/" + a.UtilityBar + ".flexipage", append([]byte(xml.Header), source...)})
	}
	a.XMLName = xml.Name{Space: "http://soap.sforce.com/2006/04/metadata", Local: "CustomApplication"}
	source, err := xml.MarshalIndent(a, "", "    ")
	if err != nil {
		return nothing{}, err
	}
	files = append(files, file{"CustomApplication", name, "applications/" + name + ".app", append([]byte(xml.Header), source...)})
	return nothing{}, s.deploy(ctx, r, entryf("changedLightningApp", "Application", "Changed Lightning app %s", a.Label), files...)
}

func (in saveAppIn) check(known []choice, had []string) error {
	if label := strings.TrimSpace(in.Label); label == "" || len(label) > 40 {
		return refuse(400, "REQUIRED_FIELD_MISSING", "App Name: enter 1 to 40 characters.", "label")
	}
	if len(in.Description) > 255 {
		return refuse(400, "STRING_TOO_LONG", "Description: data value too large (max length=255)", "description")
	}
	if len(in.Tabs) == 0 {
		return refuse(400, "REQUIRED_FIELD_MISSING", "Select at least one navigation item.", "tabs")
	}
	for i, tab := range in.Tabs {
		offered := slices.ContainsFunc(known, func(c choice) bool { return c.Name == tab })
		if !offered && !slices.Contains(had, tab) || slices.Contains(in.Tabs[:i], tab) {
			return refuse(400, "INVALID_FIELD", fmt.Sprintf("There is no tab %.80q to add.", tab), "tabs")
		}
	}
	if len(in.Utilities) > 20 {
		return refuse(400, "INVALID_FIELD", "A utility bar can have 20 items at most.", "utilities")
	}
	for i, u := range in.Utilities {
		switch {
		case u.Component == "" || len(u.Component) > 120:
			return errUnreadable
		case strings.TrimSpace(u.Label) == "" || len(u.Label) > 80:
			return refuse(400, "REQUIRED_FIELD_MISSING", "Label: enter 1 to 80 characters.", fmt.Sprintf("utilities.%d.label", i))
		case u.Width < 200 || u.Width > 1920:
			return refuse(400, "INVALID_FIELD", "Panel Width: enter a number of pixels from 200 to 1920.", fmt.Sprintf("utilities.%d.width", i))
		case u.Height < 100 || u.Height > 2560:
			return refuse(400, "INVALID_FIELD", "Panel Height: enter a number of pixels from 100 to 2560.", fmt.Sprintf("utilities.%d.height", i))
		}
	}
	return nil
}

// barOf writes the items in their order; what other properties an item had stays.
func barOf(in saveAppIn, old utilityBar) utilityBar {
	bar := utilityBar{Label: strings.TrimSpace(in.Label) + " Utility Bar", Type: "UtilityBar"}
	if old.Label != "" {
		bar.Label = old.Label
	}
	bar.XMLName = xml.Name{Space: "http://soap.sforce.com/2006/04/metadata", Local: "FlexiPage"}
	bar.Template.Name = "one:utilityBarTemplateDesktop"
	bar.Template.Properties = []property{{Name: "isLeftAligned", Value: strconv.FormatBool(!in.Mirrored)}}
	had := map[string][]property{}
	for _, reg := range old.Regions {
		for _, i := range reg.Items {
			had[i.Instance.Name] = i.Instance.Properties
		}
	}
	items := region{Name: "utilityItems", Type: "Region"}
	for n, u := range in.Utilities {
		c := component{Name: u.Component, Identifier: strings.NewReplacer(":", "_", "-", "_").Replace(u.Component)}
		if n > 0 && slices.ContainsFunc(in.Utilities[:n], func(o utility) bool { return o.Component == u.Component }) {
			c.Identifier += strconv.Itoa(n + 1)
		}
		c.Properties = []property{{"eager", "decorator", strconv.FormatBool(u.Eager)}, {"height", "decorator", strconv.Itoa(u.Height)}, {"icon", "decorator", u.Icon},
			{"label", "decorator", strings.TrimSpace(u.Label)}, {"scrollable", "decorator", "true"}, {"width", "decorator", strconv.Itoa(u.Width)}}
		for _, p := range had[u.Component] {
			if !slices.ContainsFunc(c.Properties, func(have property) bool { return have.Name == p.Name }) {
				c.Properties = append(c.Properties, p)
			}
		}
		items.Items = append(items.Items, struct {
			Instance component `xml:"componentInstance"`
		}{c})
	}
	bar.Regions = []region{items}
	return bar
}
