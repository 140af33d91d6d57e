package records

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/number"
	"github.com/patchcord/patchcord/adapter/versions"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/internal/sso"
	"github.com/patchcord/patchcord/salesforce"
)

type record struct {
	panelFields
	Id, Name      string
	Instance      string `json:"Amazon_Connect_Instance_Alias__c"`
	Region        string `json:"Amazon_Connect_Instance_Region__c"`
	Country       string `json:"Default_Country__c"`
	OutboundQueue string `json:"Outbound_Queue__c"`
	SSOURL        string `json:"SSO_Url__c"`
	SSORelayState string `json:"SSO_Relay_State__c"`
	WebHosts      string `json:"HTTP_Allowed_Hosts__c"`
	BlockMap      string `json:"Flow_Block_Map__c"`
	Foreign       bool   `json:"Allow_Queries_From_Payload__c"`
	PresenceSync  bool   `json:"Presence_Sync_Enabled__c"`
}

const adapterFields = "SELECT Id, Name, Amazon_Connect_Instance_Alias__c, Amazon_Connect_Instance_Region__c, " +
	"Default_Country__c, Outbound_Queue__c, SSO_Url__c, SSO_Relay_State__c, Presence_Sync_Enabled__c, " + newer + panelColumns +
	" FROM AC_CtiAdapter__c WHERE Active__c = true AND Call_Center_Definition_Name__c = "

func (r *Reader) read(ctx context.Context, userID, callCenter string) (Adapter, error) {
	crm, err := r.crm(ctx, userID)
	if err != nil {
		return Adapter{}, fmt.Errorf("read adapter: %w", err)
	}
	records, lacks, err := adapterRecords(ctx, crm, callCenter)
	if err != nil {
		return Adapter{}, unreadable(ctx, crm, err)
	}
	if len(records) != 1 {
		return Adapter{}, fault.New(fault.Missing, nil,
			"%d active AC CTI Adapter records name the call center %q in the field Call Center Definition Name; exactly one "+
				"must.", len(records), callCenter)
	}
	found := records[0]
	a := Adapter{
		ID: found.Id, Name: found.Name, CallCenter: callCenter, Region: found.Region, OutboundQueue: found.OutboundQueue,
		DefaultCountry: strings.ToUpper(found.Country), ForeignQueries: found.Foreign,
	}
	if a.DefaultCountry == "" {
		a.DefaultCountry = number.DefaultCountry
	}
	if a.CCPURL, err = r.ccp(ctx, crm, found); err != nil {
		return Adapter{}, err
	}
	if a.LoginURL, err = sso.LoginURL(found.SSOURL, found.SSORelayState); err != nil {
		return Adapter{}, fault.New(fault.Invalid, err, "The AC CTI Adapter record %s cannot be signed in to: %s.", found.Name, err)
	}
	a.Panel, a.Problems = found.panel(found.Name)
	if !number.KnownCountry(a.DefaultCountry) {
		a.Problems = append(a.Problems, fmt.Sprintf("Default Country of the AC CTI Adapter record %s (%q) is no country of ISO 3166, "+
			"such as US or GB: until it is, only numbers with a country code are found and dialled.", found.Name, found.Country))
	}
	a.DebugLevel = debugLevel(found.DebugLevel)
	var wrong []string
	a.WebHosts, wrong = found.hosts(lacks)
	a.Problems = append(a.Problems, wrong...)
	if err := a.features(ctx, crm); err != nil {
		return Adapter{}, err
	}
	if err := a.presence(ctx, crm, found.PresenceSync); err != nil {
		return Adapter{}, err
	}
	types, wrong := versions.ParseTypes(found.BlockMap)
	for _, what := range wrong {
		a.Problems = append(a.Problems, fmt.Sprintf("Flow Block Map of the AC CTI Adapter record %s: %s.", found.Name, what))
	}
	running, lacks, err := r.flows(ctx, crm, found, types)
	if err != nil {
		return Adapter{}, err
	}
	if lacks != "" {
		a.Problems = append(a.Problems, lacks)
	}
	a.add(running)
	slices.SortFunc(a.Flows, func(x, y Flow) int { return strings.Compare(x.Name+x.ID, y.Name+y.ID) })
	return a, nil
}

// add takes the flows that run, and what is to be told of the others.
func (a *Adapter) add(running []versions.Running) {
	for _, f := range running {
		if f.Problem != "" {
			a.Problems = append(a.Problems, f.Problem)
		}
		if !f.Runs {
			continue
		}
		a.Flows = append(a.Flows, Flow{ID: f.Row.Id, Name: f.Row.Name, Source: f.Row.Source, Event: f.Row.Event, Program: f.Program,
			Script: f.Raw, Version: versionOf(f.Raw), Number: f.Number})
	}
}

// ccp is where a record's panel is. An alias alone does not say at which domain it is; the Url of Toolkit for Amazon Connect does.
func (r *Reader) ccp(ctx context.Context, crm *salesforce.Client, found record) (string, error) {
	unusable := func(err error) error {
		return fault.New(fault.Invalid, err,
			"The AC CTI Adapter record %s has no usable Amazon Connect Instance Alias (%q): enter the instance's alias or its "+
				"access URL.", found.Name, found.Instance)
	}
	byAlias, err := CCPURL(found.Instance)
	if err != nil {
		return "", unusable(err)
	}
	if strings.Contains(found.Instance, "://") {
		return byAlias, nil
	}
	settings, err := salesforce.Query[toolkit](ctx, crm, toolkitFields)
	if err != nil {
		return "", fmt.Errorf("read toolkit settings: %w", err)
	}
	for _, s := range settings {
		if s.URL == "" || !strings.HasPrefix(s.Owner, orgPrefix) {
			continue
		}
		byURL, err := CCPURL(s.URL)
		if err != nil || !strings.Contains(s.URL, "://") {
			return "", fault.New(fault.Invalid, err,
				"The Url of Toolkit for Amazon Connect (%q) is no address: enter the instance's access URL in Setup → Custom Settings.", s.URL)
		}
		if named := aliasOf(byURL); named != "" && !strings.EqualFold(named, strings.TrimSpace(found.Instance)) {
			return "", fault.New(fault.Invalid, nil,
				"The AC CTI Adapter record %s names %q as Amazon Connect Instance Alias, but the Url of Toolkit for Amazon "+
					"Connect is %s: correct one of them.", found.Name, found.Instance, s.URL)
		}
		return byURL, nil
	}
	return byAlias, nil
}

// toolkit is a row of the custom setting; the page resolves its hierarchy, an adapter record belongs to all of a call centre's users.
type toolkit struct {
	URL   string `json:"Url__c"`
	Owner string `json:"SetupOwnerId"`
}

const (
	toolkitFields = "SELECT Url__c, SetupOwnerId FROM AC_Toolkit__c"
	orgPrefix     = "00D" // key prefix of Organization: the default organization level value
)

// aliasOf is the alias in an access URL of either of the service's domains; "" for others.
func aliasOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	for _, domain := range []string{".my.connect.aws", ".awsapps.com"} {
		if alias, ok := strings.CutSuffix(u.Hostname(), domain); ok {
			return alias
		}
	}
	return ""
}

// CCPURL is the address of the Contact Control Panel for what an administrator wrote as instance: an alias, or an access URL of either
// domain. Source: Amazon Connect administrator guide, CCP URL; the original adapter's manual.
func CCPURL(instance string) (string, error) {
	instance = strings.TrimSpace(instance)
	if instance == "" || instance == "default" {
		return "", errors.New("no instance given")
	}
	if !strings.Contains(instance, "://") {
		if strings.ContainsAny(instance, "/. \t:@?#") {
			return "", fmt.Errorf("%q is neither an alias nor a URL", instance)
		}
		return "https://" + instance + ".my.connect.aws/ccp-v2/", nil
	}
	u, err := url.Parse(instance)
	if err != nil || u.Host == "" || u.User != nil {
		return "", fmt.Errorf("%q is not a URL", instance)
	}
	local := u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1"
	if u.Scheme != "https" && (u.Scheme != "http" || !local) {
		return "", fmt.Errorf("%q must begin with https", instance)
	}
	if strings.HasSuffix(u.Hostname(), ".awsapps.com") {
		return u.Scheme + "://" + u.Host + "/connect/ccp-v2/", nil
	}
	return u.Scheme + "://" + u.Host + "/ccp-v2/", nil
}
