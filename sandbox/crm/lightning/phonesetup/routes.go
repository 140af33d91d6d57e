package phonesetup

import (
	"net/http"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// What an address may want beside View Setup. All of a call center, its users too, is for who manages call centers.
const (
	customize = crm.CustomizeApplication
	centers   = crm.ManageCallCenters
)

func (s *server) routes() http.Handler {
	door := &edge.Door[asked]{
		Authenticate: s.cfg.Authenticate, Admit: edge.WithRights(s.cfg.Org), Origin: s.cfg.Origin, Body: bodyLimit, Patience: patience, Log: s.cfg.Log,
	}
	mux := http.NewServeMux()
	for path, handler := range map[string]http.Handler{
		"GET seen/{what}":  op(door, s.seen),
		"POST seen/{what}": op(door, s.see),

		"GET softphone-layouts":         op(door, s.layouts, centers),
		"POST softphone-layouts":        op(door, s.saveLayout, centers),
		"GET softphone-layout-form":     op(door, s.layoutForm, centers),
		"DELETE softphone-layouts/{id}": op(door, s.dropLayout, centers),
		"GET softphone-assignments":     op(door, s.assignments, centers),
		"POST softphone-assignments":    op(door, s.assign, centers),

		"GET call-centers":                     op(door, s.callCenters, centers),
		"POST call-centers":                    op(door, s.importCallCenter, centers),
		"GET call-centers/{id}":                op(door, s.callCenter, centers),
		"POST call-centers/{id}":               op(door, s.saveCallCenter, centers),
		"DELETE call-centers/{id}":             op(door, s.dropCallCenter, centers),
		"POST call-centers/{id}/clone":         op(door, s.cloneCallCenter, centers),
		"GET call-centers/{id}/users":          op(door, s.members, centers),
		"POST call-centers/{id}/users":         op(door, s.addMembers, centers),
		"POST call-centers/{id}/removed-users": op(door, s.removeMembers, centers),
		"POST call-centers/{id}/found-users":   op(door, s.findUsers, centers),

		"GET apps":           op(door, s.apps, customize),
		"POST apps":          op(door, s.createApp, customize),
		"GET app-form":       op(door, s.blankApp, customize),
		"GET apps/{name}":    op(door, s.app, customize),
		"POST apps/{name}":   op(door, s.saveApp, customize),
		"DELETE apps/{name}": op(door, s.dropApp, customize),

		"GET pages":      op(door, s.pages, customize),
		"GET pages/{id}": op(door, s.page, customize),

		"GET listings":         op(door, s.listings, customize),
		"GET listings/{id}":    op(door, s.listing, customize),
		"POST installs":        op(door, s.install, customize),
		"GET installs/{id}":    op(door, s.installStatus, customize),
		"GET packages":         op(door, s.packages, customize),
		"GET packages/{id}":    op(door, s.pack, customize),
		"DELETE packages/{id}": op(door, s.uninstall, customize),

		"GET mailbox":       edge.Op(door, s.mailbox),
		"POST mailbox/{id}": edge.Op(door, s.readMail),

		"GET ": op(door, s.nowhere),
	} {
		method, rest, _ := cut(path)
		mux.Handle(method+" "+Pattern+rest, handler)
	}
	return mux
}
