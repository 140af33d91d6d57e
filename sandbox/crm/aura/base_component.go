package aura

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// component says which attributes a component has; ! marks one that must be there.
type component []string

// components are the base components that this org's console runs. Source: component reference.
var components = map[string]component{
	"aura:attribute": {"name!", "type!", "default", "description", "required", "access"},
	"aura:handler":   {"name", "event", "action!", "value", "description", "phase", "includeFacets"},
	"aura:if":        {"isTrue!"},
	"aura:set":       {"attribute!", "value"},
	"aura:text":      {"value"},

	"lightning:omniToolkitAPI": {},
	"lightning:workspaceAPI":   {},
	"lightning:utilityBarAPI":  {},
	messageChannel:             {"type!", "onMessage", "scope"},

	"lightning:notificationsLibrary": {},

	"lightning:badge":         {"label!", "class", "title"},
	"lightning:formattedText": {"value", "class", "title", "linkify"},
	"lightning:spinner":       {"size", "variant", "alternativeText", "class", "title"},
	"lightning:icon":          {"iconName!", "size", "variant", "alternativeText", "class", "title"},
	"lightning:button": {"label", "name", "value", "onclick", "variant", "disabled", "iconName", "iconPosition", "class", "title", "type",
		"accesskey", "tabindex"},
}

const messageChannel = "lightning:messageChannel"

// rootAttributes are those of aura:component itself.
var rootAttributes = component{"implements", "access", "description", "controller", "extends", "extensible", "abstract", "support"}

func (c component) has(name string) bool {
	return name == "aura:id" || slices.Contains(c, name) || slices.Contains(c, name+"!")
}

// lacks is the first attribute that must be there and is not.
func (c component) lacks(have map[string]string) string {
	for _, name := range c {
		if plain, required := strings.CutSuffix(name, "!"); required && have[plain] == "" {
			return plain
		}
	}
	return ""
}

// interfaces are what a component may implement here, with the attributes that each gives it. Names are compared without regard to case.
var interfaces = map[string][]string{
	anywhere:                                  nil,
	"flexipage:availableForRecordHome":        nil,
	"force:appHostable":                       nil,
	"force:hasRecordId":                       {"recordId"},
	"force:hasSObjectName":                    {"sObjectName"},
	"force:lightningQuickAction":              nil,
	"forceCommunity:availableForAllPageTypes": nil,
	background:                                nil,
}

// anywhere is what App Builder wants of a component for a utility bar.
const anywhere = "flexipage:availableForAllPageTypes"

// background is what it wants of one that works there unseen.
const background = "lightning:backgroundUtilityItem"

// events are the application events that a component may handle.
var events = []string{
	"lightning:omniChannelLoginSuccess", "lightning:omniChannelStatusChanged", "lightning:omniChannelLogout",
	"lightning:omniChannelWorkAssigned", "lightning:omniChannelWorkAccepted", "lightning:omniChannelWorkDeclined",
	"lightning:omniChannelWorkClosed", "lightning:omniChannelWorkloadChanged", "lightning:omniChannelConnectionError",
	"lightning:omniChannelWorkFlagUpdated",
	"lightning:tabCreated", "lightning:tabClosed", "lightning:tabFocused", "lightning:tabRefreshed", "lightning:tabReplaced",
	"lightning:tabUpdated",
}

// lifecycle are the names of the events of a component's own life.
var lifecycle = []string{"init", "render", "destroy", "change"}

// types are what an attribute may be.
var types = []string{"string", "boolean", "integer", "long", "decimal", "double", "id", "object", "map", "list", "set", "date", "datetime",
	"function", "aura.component", "aura.action"}

func knownType(name string) bool {
	plain := strings.ToLower(strings.TrimSuffix(name, "[]"))
	return slices.Contains(types, plain) || strings.HasPrefix(plain, "list<") || strings.HasPrefix(plain, "map<") ||
		strings.HasPrefix(plain, "set<")
}

// isHTML says whether an element is one of HTML's that a component may have.
func isHTML(name string) bool {
	return atom.Lookup([]byte(name)) != 0 && name != "script" && name != "style" && name != "link" && name != "meta" && name != "base"
}
