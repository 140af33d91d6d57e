// Package clientapp is what an org keeps of external client apps: components of metadata, read as one app.
//
// Read first: App, List, Check. It knows no request and no form; package auth lets apps in, deployments change them.
package clientapp

import (
	"slices"
	"time"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// App is an external client app with all that its components say.
type App struct {
	ID           schema.RecordID // of the record that stands for it
	Name         string          // API name
	Label        string
	Description  string
	ContactEmail string
	ContactPhone string
	InfoURL      string
	LogoURL      string
	IconURL      string
	Distribution string // Local, Packaged
	Enabled      bool   // the whole app
	OAuthOn      bool   // its OAuth plugin
	OAuth        OAuth
	Policy       Policy

	Modified              time.Time // of the part that was changed last
	CreatedBy, ModifiedBy schema.RecordID
}

// OAuth is how an app may ask for tokens.
type OAuth struct {
	Key               string // "" until OAuth was enabled
	Secret            secret.String
	Callbacks         []string
	Scopes            []string // as metadata names them
	Certificate       string   // PEM or its base64; turns the JWT bearer flow on
	SecretForWeb      bool
	SecretForRefresh  bool
	PKCE              bool
	Rotate            bool // a refresh token is good once
	ClientCredentials bool
}

// Permitted says who may use an app.
type Permitted string

// Who may use an app.
const (
	AllSelfAuthorized Permitted = "AllSelfAuthorized"
	AdminApproved     Permitted = "AdminApprovedPreAuthorized"
)

// RefreshRule says how long refresh tokens are good.
type RefreshRule string

// How long refresh tokens are good.
const (
	Infinite           RefreshRule = "Infinite"
	Zero               RefreshRule = "Zero"
	SpecificLifetime   RefreshRule = "SpecificLifetime"
	SpecificInactivity RefreshRule = "SpecificInactivity"
)

// Policy is what administrators lay down for an app in their org.
type Policy struct {
	Permitted         Permitted
	Sets              []string // permission sets that pre-authorise, by API name
	Profiles          []string // the same, by profile name as people read it
	Refresh           RefreshRule
	Period            int    // of Unit; for the two specific rules
	Unit              string // Hours, Days, Months
	IPRelaxation      string
	SessionMinutes    int // 0: as the org has it
	ClientCredentials bool
	RunAs             string // user name whom the client credentials flow acts as
}

// defaults are those that the platform gives a new app's policies.
func defaults() Policy {
	return Policy{Permitted: AllSelfAuthorized, Sets: []string{}, Profiles: []string{}, Refresh: SpecificLifetime,
		Period: 365, Unit: "Days", IPRelaxation: "Enforce"}
}

// Live says whether the app may do anything at all.
func (a App) Live() bool { return a.Enabled && a.OAuthOn && a.OAuth.Key != "" }

// Covers says whether the policy pre-authorises somebody with this profile and these permission sets.
func (p Policy) Covers(profile string, hasSet func(string) bool) bool {
	return p.Permitted == AdminApproved && (slices.Contains(p.Profiles, profile) || slices.ContainsFunc(p.Sets, hasSet))
}

// Refreshes says whether a refresh token is still good.
func (p Policy) Refreshes(issued, used, now time.Time) bool {
	switch p.Refresh {
	case Zero:
		return false
	case SpecificLifetime:
		return now.Before(p.after(issued))
	case SpecificInactivity:
		return now.Before(p.after(used))
	}
	return true
}

func (p Policy) after(t time.Time) time.Time {
	switch p.Unit {
	case "Hours":
		return t.Add(time.Duration(p.Period) * time.Hour)
	case "Months":
		return t.AddDate(0, p.Period, 0)
	}
	return t.AddDate(0, 0, p.Period)
}

// Choice is one value of a list, with the platform's label.
type Choice struct{ Value, Label string }

// scopes are what an app can be given, with the words of OAuth that stand for each.
var scopes = []struct {
	Choice
	Name string // in OAuth
}{
	{Choice{"Full", "Full access (full)"}, "full"},
	{Choice{"Api", "Manage user data via APIs (api)"}, "api"},
	{Choice{"Web", "Manage user data via Web browsers (web)"}, "web"},
	{Choice{"RefreshToken", "Perform requests at any time (refresh_token, offline_access)"}, "refresh_token"},
	{Choice{"OpenID", "Access unique user identifiers (openid)"}, "openid"},
	{Choice{"Basic", "Access the identity URL service (id, profile, email, address, phone)"}, "id"},
	{Choice{"Chatter", "Access Connect REST API resources (chatter_api)"}, "chatter_api"},
	{Choice{"CustomApplications", "Access Visualforce applications (visualforce)"}, "visualforce"},
	{Choice{"Lightning", "Access Lightning applications (lightning)"}, "lightning"},
	{Choice{"Content", "Access content resources (content)"}, "content"},
	{Choice{"CustomPermissions", "Access custom permissions (custom_permissions)"}, "custom_permissions"},
}

// otherScopes are names that a deployment may use and no list offers.
var otherScopes = map[string]string{"OfflineAccess": "refresh_token", "VisualForce": "visualforce",
	"Profile": "profile", "Email": "email", "Address": "address", "Phone": "phone"}

// ScopeNames are an app's scopes in the words of OAuth; what this org does not know is left out.
func (o OAuth) ScopeNames() []string {
	var out []string
	for _, s := range o.Scopes {
		name := otherScopes[s]
		for _, known := range scopes {
			if known.Value == s {
				name = known.Name
			}
		}
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// The values of an app's lists, in the order of the platform's.
var (
	PermittedBy = []Choice{{string(AllSelfAuthorized), "All users can self-authorize"},
		{string(AdminApproved), "Admin approved users are pre-authorized"}}
	RefreshRules = []Choice{
		{string(Infinite), "Refresh token is valid until revoked"}, {string(Zero), "Immediately expire refresh token"},
		{string(SpecificInactivity), "Expire refresh token if not used for specific time"},
		{string(SpecificLifetime), "Expire refresh token after specific time"},
	}
	Units         = []Choice{{"Hours", "Hour(s)"}, {"Days", "Day(s)"}, {"Months", "Month(s)"}}
	IPRelaxations = []Choice{
		{"Enforce", "Enforce IP restrictions"}, {"Enforce_RelaxRefresh", "Enforce IP restrictions, but relax for refresh tokens"},
		{"Bypass_2factor", "Relax IP restrictions for activated devices"}, {"Bypass", "Relax IP restrictions"},
	}
	Timeouts = []Choice{
		{"0", "None"}, {"15", "15 minutes"}, {"30", "30 minutes"}, {"60", "1 hour"}, {"120", "2 hours"}, {"240", "4 hours"},
		{"480", "8 hours"}, {"720", "12 hours"}, {"1440", "24 hours"},
	}
)

// Label is what people read of a value; a value that is in no list says itself.
func Label(list []Choice, value string) string {
	for _, c := range list {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}

// ScopeLabel is what people read of a scope.
func ScopeLabel(value string) string {
	for _, s := range scopes {
		if s.Value == value {
			return s.Label
		}
	}
	return value
}
