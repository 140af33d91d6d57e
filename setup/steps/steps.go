// Package steps is what has to be true of an org and an instance, so that agents can work: one step a file, with the
// entries by which it is taken back.
//
// Read first: Steps, For, Kinds; then IntegrationUser, the shortest step. It does not know who carries the steps out,
// nor what is checked.
package steps

import (
	"strconv"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/setup"
)

// Steps are all steps by name. Plan and apply carry them out in order; a check of verify asks the one that it is about.
type Steps struct {
	IntegrationUser IntegrationUser
	Package         Package
	OAuthApp        OAuthApp
	AppAccess       AppAccess
	PermissionSets  PermissionSets
	TrustedURLs     TrustedURLs
	Microphone      Microphone
	Framing         Framing
	CallCenter      CallCenter
	CallCenterUsers CallCenterUsers
	Toolkit         Toolkit
	AdapterRecord   AdapterRecord
	Flows           Flows
	OmniChannel     OmniChannel
	Statuses        PresenceStatuses
	StatusAccess    PresenceAccess
	Console         Console
	HostNames       HostNames
	ApprovedOrigins ApprovedOrigins
	AgentStatuses   AgentStatuses
	PresenceRules   PresenceRules
	PresenceSwitch  PresenceSwitch
	SignIn          SignIn
	PageOrigins     PageOrigins
	SoftphoneLayout SoftphoneLayout
	FirstCall       FirstCall
}

// For are the steps of a configuration at a site.
func For(c config.File, s setup.Site) Steps {
	name, size := c.Setup.CallCenter, c.Setup.Softphone
	app := OAuthApp{
		CallbackURL: s.Adapter.CallbackURL, ClientID: s.Adapter.ClientID, Certificate: s.Adapter.Certificate,
		Remembered: s.Record,
	}
	centre := TrustedURL{
		Name: "Patchcord_Contact_Centre", URL: s.Instance.AccessURL, What: "the contact centre", Microphone: true,
	}
	follow := c.Setup.Presence
	console := Console{App: c.Setup.App, Hosts: s.Hosts, Presence: follow.Given()}
	statuses := omniStatuses(follow)
	return Steps{
		IntegrationUser: IntegrationUser{Username: c.Salesforce.Username},
		Package:         Package{Version: c.Setup.PackageVersion, Remembered: s.Record},
		OAuthApp:        app,
		PermissionSets:  PermissionSets{Sets: c.Setup.People, Integration: c.Salesforce.Username},
		TrustedURLs: TrustedURLs{URLs: []TrustedURL{
			{Name: "Patchcord_Adapter", URL: c.PublicURL, What: "the adapter"},
			centre,
		}},
		Microphone: Microphone{Hosts: s.Hosts, Centre: centre},
		Framing:    Framing{Hosts: s.Hosts},
		CallCenter: CallCenter{
			InternalName: name, Height: strconv.Itoa(size.Height), Width: strconv.Itoa(size.Width), AdapterURL: size.AdapterURL,
		},
		CallCenterUsers: CallCenterUsers{CallCenter: name, Usernames: c.Users()},
		Toolkit:         Toolkit{URL: s.Instance.AccessURL, AdapterURL: c.PublicURL},
		AdapterRecord: AdapterRecord{
			Record: name, Instance: s.Instance.AccessURL, Region: c.Setup.Connect.Region, CallCenter: name,
			Country: c.Setup.Country,
		},
		Flows:           Flows{CallCenter: name},
		OmniChannel:     OmniChannel{Wanted: follow.Given(), Statuses: statuses, Usernames: Agents(c.Setup.People), Hosts: s.Hosts},
		Statuses:        PresenceStatuses{Statuses: statuses},
		StatusAccess:    PresenceAccess{Statuses: namesOf(statuses), People: c.Setup.People, Hosts: s.Hosts},
		Console:         console,
		HostNames:       HostNames{Hosts: s.Hosts},
		ApprovedOrigins: ApprovedOrigins{Instance: s.Instance, Hosts: s.Hosts},
		AgentStatuses:   AgentStatuses{Instance: s.Instance, Wanted: wantedStatuses(c.Setup)},
		PresenceRules:   PresenceRules{CallCenter: name, Presence: follow},
		PresenceSwitch:  PresenceSwitch{CallCenter: name, On: follow.Sync},
		SignIn:          SignIn{Adapter: c.PublicURL, App: app, Clock: clock.System{}},
		PageOrigins:     PageOrigins{Hosts: s.Hosts, Allowed: s.Adapter.PageOrigins},
		SoftphoneLayout: SoftphoneLayout{Hosts: s.Hosts},
		FirstCall:       FirstCall{Hosts: s.Hosts, Console: console, Number: s.Number},
	}
}

// InOrder lists the steps in the order in which they become true: a later one may need an earlier one.
func (s Steps) InOrder() []setup.Step {
	return []setup.Step{
		s.IntegrationUser, s.Package, s.OAuthApp, s.AppAccess, s.PermissionSets, s.TrustedURLs, s.Microphone, s.Framing,
		s.CallCenter, s.CallCenterUsers, s.Toolkit, s.AdapterRecord, s.Flows, s.OmniChannel, s.Statuses, s.StatusAccess,
		s.Console, s.HostNames, s.ApprovedOrigins, s.AgentStatuses, s.PresenceRules, s.PresenceSwitch, s.SignIn,
		s.PageOrigins, s.SoftphoneLayout, s.FirstCall,
	}
}

// Kinds are the kinds of entries that steps make; the record of set-up reads them by it.
var Kinds = setup.KindsOf(
	Row{}, Field{}, Component{}, DeployedPackage{}, InstalledPackage{}, TrustedFrame{}, CallCenterItem{}, UtilityBar{},
	UtilityItem{}, UtilityStart{}, Tab{}, AppVisibility{}, ApprovedOrigin{}, AgentStatus{}, AppRow{},
	OmniEnabled{}, StatusAccess{}, UtilityOrigin{}, PresenceRule{},
)
