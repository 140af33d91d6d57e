package setup

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// appIn is all that the builder saves.
type appIn struct {
	Label                   string    `json:"label"`
	Description             string    `json:"description"`
	HeaderColor             string    `json:"headerColor"`
	Logo                    string    `json:"logo"`  // as it was, or "" for none
	Image                   *imageIn  `json:"image"` // another one; null: as Logo says
	OverrideTheme           bool      `json:"overrideTheme"`
	NavType                 string    `json:"navType"`
	FormFactors             []string  `json:"formFactors"`
	SetupExperience         string    `json:"setupExperience"`
	PersonalizationDisabled bool      `json:"personalizationDisabled"`
	TempTabsDisabled        bool      `json:"tempTabsDisabled"`
	TabsCleared             bool      `json:"tabsCleared"`
	Mirrored                bool      `json:"mirrored"`
	Utilities               []utility `json:"utilities"`
	Tabs                    []string  `json:"tabs"`
	Profiles                []string  `json:"profiles"`
	Revision                string    `json:"revision"`
}

// imageIn is a file that somebody chose as an app's image.
type imageIn struct {
	FileName string `json:"fileName"`
	Data     []byte `json:"data"` // base64
}

// newAppIn is what the wizard saves.
type newAppIn struct {
	appIn
	Developer string `json:"developerName"`
}

var (
	appName    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,39}$`)
	hexColor   = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)
	imageTypes = []string{"image/png", "image/jpeg", "image/gif", "image/bmp"}
	bothSizes  = []string{"Large", "Small"}
)

func (in newAppIn) checkName(ctx context.Context, a *crm.Actor) error {
	if !appName.MatchString(in.Developer) || strings.Contains(in.Developer, "__") || strings.HasSuffix(in.Developer, "_") {
		return edge.Refuse(400, "INVALID_FIELD", "The Developer Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.", "developerName")
	}
	_, taken, err := a.Component(ctx, "CustomApplication", in.Developer)
	if err == nil && taken {
		return edge.Refuse(400, "DUPLICATE_DEVELOPER_NAME", "This Developer Name already exists or has been previously used. Please choose a different name.", "developerName")
	}
	return err
}

// check compares the form with what may be; had is the app as it was. It completes the ids of profiles and trims names.
func (in *appIn) check(ctx context.Context, a *crm.Actor, had appOut) ([]crm.RecordID, error) {
	in.Label, in.Description = strings.TrimSpace(in.Label), strings.TrimSpace(in.Description)
	for _, check := range []func(appOut) error{in.checkDetails, in.checkOptions, in.checkUtilities} {
		if err := check(had); err != nil {
			return nil, err
		}
	}
	if err := in.checkTabs(ctx, a, had); err != nil {
		return nil, err
	}
	return in.checkProfiles(ctx, a)
}

func (in *appIn) checkDetails(had appOut) error {
	switch {
	case in.Label == "" || len([]rune(in.Label)) > 40:
		return edge.Refuse(400, "REQUIRED_FIELD_MISSING", "App Name: enter 1 to 40 characters.", "label")
	case len([]rune(in.Description)) > 255:
		return edge.Refuse(400, "STRING_TOO_LONG", "Description: data value too large (max length=255)", "description")
	case in.HeaderColor != had.HeaderColor && in.HeaderColor != "" && !hexColor.MatchString(in.HeaderColor):
		return edge.Refuse(400, "INVALID_FIELD", "Primary Color Hex Value: enter # and six hexadecimal digits, such as #0070D2.", "headerColor")
	case in.Logo != "" && in.Logo != had.Logo:
		return edge.ErrUnreadable
	case in.Image != nil && (len(in.Image.FileName) > 255 || !slices.Contains(imageTypes, http.DetectContentType(in.Image.Data))):
		return edge.Refuse(400, "INVALID_FIELD", "Image: choose a JPG, PNG, BMP, or GIF file.", "logo")
	case in.Image != nil && len(in.Image.Data) > 5<<20:
		return edge.Refuse(400, "INVALID_FIELD", "Image: choose a file of 5 MB at most.", "logo")
	}
	return nil
}

func (in *appIn) checkOptions(had appOut) error {
	slices.Sort(in.FormFactors)
	in.FormFactors = slices.Compact(in.FormFactors)
	isKnown := func(size string) bool {
		return slices.Contains(bothSizes, size) || slices.Contains(had.FormFactors, size)
	}
	switch {
	case in.NavType != "Standard" && in.NavType != "Console":
		return edge.Refuse(400, "INVALID_FIELD", "Navigation Style: select one.", "navType")
	case had.Standard && in.NavType != had.NavType:
		return edge.Refuse(400, "FIELD_INTEGRITY_EXCEPTION", "You can't change the navigation style of a standard app.", "navType")
	case len(in.FormFactors) == 0 || slices.ContainsFunc(in.FormFactors, func(size string) bool { return !isKnown(size) }):
		return edge.Refuse(400, "INVALID_FIELD", "Supported Form Factors: select desktop, phone, or both.", "formFactors")
	case in.SetupExperience != "all" && in.SetupExperience != "service":
		return edge.Refuse(400, "INVALID_FIELD", "Setup Experience: select one.", "setupExperience")
	}
	return nil
}

func (in *appIn) checkUtilities(had appOut) error {
	if len(in.Utilities) > 20 {
		return edge.Refuse(400, "INVALID_FIELD", "A utility bar can have 20 items at most.", "utilities")
	}
	seen := map[string]bool{}
	for i := range in.Utilities {
		u := &in.Utilities[i]
		u.Label = strings.TrimSpace(u.Label)
		saved := utility{}
		if at := slices.IndexFunc(had.Utilities, func(o utility) bool { return o.Key == u.Key }); u.Key != "" {
			if at < 0 || seen[u.Key] || had.Utilities[at].Component != u.Component {
				return edge.ErrUnreadable
			}
			saved, seen[u.Key] = had.Utilities[at], true
		}
		isSize := func(n, asSaved, from, to int) bool { return n == asSaved && u.Key != "" || n >= from && n <= to }
		field := func(name string) string { return fmt.Sprintf("utilities.%d.%s", i, name) }
		switch {
		case u.Component == "" || len(u.Component) > 120 || len(u.Icon) > 80:
			return edge.ErrUnreadable
		case (u.Label == "" || len([]rune(u.Label)) > 80) && (u.Key == "" || u.Label != saved.Label):
			return edge.Refuse(400, "REQUIRED_FIELD_MISSING", "Label: enter 1 to 80 characters.", field("label"))
		case !isSize(u.Width, saved.Width, 200, 1920):
			return edge.Refuse(400, "INVALID_FIELD", "Panel Width: enter a number of pixels from 200 to 1920.", field("width"))
		case !isSize(u.Height, saved.Height, 100, 2560):
			return edge.Refuse(400, "INVALID_FIELD", "Panel Height: enter a number of pixels from 100 to 2560.", field("height"))
		}
	}
	return nil
}

func (in *appIn) checkTabs(ctx context.Context, a *crm.Actor, had appOut) error {
	if len(in.Tabs) == 0 {
		return edge.Refuse(400, "REQUIRED_FIELD_MISSING", "Select at least one navigation item.", "tabs")
	}
	known, err := tabs(ctx, a)
	if err != nil {
		return err
	}
	for i, tab := range in.Tabs {
		offered := slices.ContainsFunc(known, func(c choice) bool { return c.Name == tab })
		if !offered && !slices.Contains(had.Tabs, tab) || slices.Contains(in.Tabs[:i], tab) {
			return edge.Refuse(400, "INVALID_FIELD", fmt.Sprintf("There is no tab %.80q to add.", tab), "tabs")
		}
	}
	return nil
}

func (in *appIn) checkProfiles(ctx context.Context, a *crm.Actor) ([]crm.RecordID, error) {
	found, err := a.Query(ctx, "SELECT Id FROM Profile", false)
	if err != nil {
		return nil, err
	}
	chosen := []crm.RecordID{}
	for _, id := range in.Profiles {
		full := crm.To18(id)
		if !slices.ContainsFunc(found.Records, func(p crm.Record) bool { return p.ID() == full }) || slices.Contains(chosen, full) {
			return nil, edge.Refuse(400, "INVALID_CROSS_REFERENCE_KEY", "There is no such profile to select.", "profiles")
		}
		chosen = append(chosen, full)
	}
	return chosen, nil
}
