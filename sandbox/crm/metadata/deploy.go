package metadata

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// part is one component of a deployment: its description, and further files beside it.
type part struct {
	kind, fullName, file string
	files                map[string][]byte
}

// folders maps a folder to its type, its suffix and the turn it takes: objects before rights, pages before what names them.
var folders = map[string]struct {
	kind, suffix string
	turn         int
}{
	"objects":                    {"CustomObject", ".object", 0},
	"tabs":                       {"CustomTab", ".tab", 1},
	"staticresources":            {"StaticResource", ".resource", 1},
	"pages":                      {"ApexPage", ".page", 2},
	"layouts":                    {"Layout", ".layout", 2},
	"callCenters":                {"CallCenter", ".callCenter", 2},
	"flexipages":                 {"FlexiPage", ".flexipage", 2},
	"cspTrustedSites":            {"CspTrustedSite", ".cspTrustedSite", 2},
	"corsWhitelistOrigins":       {"CorsWhitelistOrigin", ".corsWhitelistOrigin", 2},
	"applications":               {"CustomApplication", ".app", 3},
	"permissionsets":             {"PermissionSet", ".permissionset", 4},
	"externalClientApps":         {"ExternalClientApplication", ".eca", 5},
	"extlClntAppOauthSettings":   {"ExtlClntAppOauthSettings", ".ecaOauth", 6},
	"extlClntAppGlobalOauthSets": {"ExtlClntAppGlobalOauthSettings", ".ecaGlblOauth", 6},
	"extlClntAppOauthPolicies":   {"ExtlClntAppOauthConfigurablePolicies", ".ecaOauthPlcy", 6},
	"connectedApps":              {"ConnectedApp", ".connectedApp", 6},
}

// parts sorts files into components. What belongs to no type is a failure that names the file.
func (a archive) parts() (parts []part, failures []message) {
	found := map[string]*part{}
	for name, body := range a {
		dir, file, _ := strings.Cut(name, "/")
		folder, known := folders[dir]
		if name == "package.xml" || strings.HasPrefix(name, "destructiveChanges") {
			continue
		}
		fullName, fits := strings.CutSuffix(strings.TrimSuffix(file, "-meta.xml"), folder.suffix)
		if !known || !fits || strings.Contains(file, "/") {
			failures = append(failures, message{FileName: name, FullName: path.Base(name), Problem: "Unknown type of component: this org has no metadata type for this file.", ProblemType: "Error"})
			continue
		}
		key := folder.kind + "|" + fullName
		if found[key] == nil {
			found[key] = &part{kind: folder.kind, fullName: fullName, file: strings.TrimSuffix(name, "-meta.xml"), files: map[string][]byte{}}
		}
		found[key].files[name] = body
	}
	for _, p := range found {
		parts = append(parts, *p)
	}
	slices.SortFunc(parts, func(x, y part) int {
		if d := folders[strings.Split(x.file, "/")[0]].turn - folders[strings.Split(y.file, "/")[0]].turn; d != 0 {
			return d
		}
		return strings.Compare(x.file, y.file)
	})
	return parts, failures
}

// description is the XML that describes the component.
func (p part) description() []byte {
	for name, body := range p.files {
		if strings.HasSuffix(name, "-meta.xml") {
			return body
		}
	}
	return p.files[p.file]
}

// problem is a component's own failure, with the line if there is one.
type problem struct {
	text string
	line int
}

func (p *problem) Error() string { return p.text }

func bad(format string, args ...any) error { return &problem{fmt.Sprintf(format, args...), 1} }

var errCheckOnly = errors.New("only checked")

// run does the work of a deployment: all components in one transaction, none kept if one fails.
func (a *API) run(d *deployment, body []byte, opts options) {
	d.change(func(r *result) { r.Status, r.Started = "InProgress", a.cfg.Clock.Now() })
	finish := func(status, text string) {
		d.change(func(r *result) {
			r.Status, r.Message, r.Done, r.Success, r.Completed = status, text, true, status == "Succeeded", a.cfg.Clock.Now()
		})
	}
	files, err := unpack(body)
	var m manifest
	if err == nil {
		files, m, err = files.single()
	}
	if err != nil {
		finish("Failed", err.Error())
		return
	}
	parts, failures := files.parts()
	failures = append(failures, missing(m, parts)...)
	d.change(func(r *result) { r.Total, r.Failures, r.Errors = len(parts)+len(failures), failures, len(failures) })
	err = a.cfg.Org.Transact(a.ctx, func(actor *crm.Actor) error {
		in := &installer{actor: actor, org: a.cfg.Org}
		for _, p := range parts {
			if err := in.install(a.ctx, p, d); err != nil {
				return err
			}
		}
		switch {
		case d.now().Errors > 0:
			return errors.New("components failed")
		case opts.CheckOnly:
			return errCheckOnly
		}
		return nil
	})
	now := d.now()
	switch {
	case now.Errors > 0:
		d.change(func(r *result) { r.Successes, r.Deployed = nil, 0 })
		finish("Failed", "")
	case err != nil && !errors.Is(err, errCheckOnly):
		a.cfg.Log.Error("deployment failed", "deployment", now.ID, "err", err)
		finish("Failed", "UNKNOWN_EXCEPTION: An unexpected error occurred.")
	default:
		finish("Succeeded", "")
	}
}

// missing names the members of package.xml that the archive does not hold.
func missing(m manifest, parts []part) (failures []message) {
	for _, kind := range m.Types {
		if kind.Name == "CustomField" || kind.Name == "ListView" {
			continue // inside their object's file
		}
		for _, member := range kind.Members {
			held := member == "*" || slices.ContainsFunc(parts, func(p part) bool { return p.kind == kind.Name && p.fullName == member })
			if !held {
				failures = append(failures, message{FullName: member, FileName: "package.xml", ComponentType: kind.Name, ProblemType: "Error",
					Problem: fmt.Sprintf("Entity of type '%s' named '%s' cannot be found", kind.Name, member)})
			}
		}
	}
	return failures
}

// installer puts components into the org.
type installer struct {
	actor *crm.Actor
	org   *crm.Org
}

// install puts one component in; its own trouble becomes a failure, anything else ends the deployment.
func (in *installer) install(ctx context.Context, p part, d *deployment) error {
	kinds := map[string]func(context.Context, part) error{
		"CustomObject": in.object, "PermissionSet": in.permissionSet, "ApexPage": in.page, "StaticResource": in.resource, "CallCenter": in.callCenter,
		"ConnectedApp": func(context.Context, part) error {
			return bad("You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support. Use an external client app instead.")
		},
	}
	m := message{FullName: p.fullName, FileName: p.file, ComponentType: p.kind, Success: true, Changed: true}
	_, had, err := in.org.Component(ctx, p.kind, p.fullName)
	if err != nil {
		return err
	}
	m.Created = !had
	var any struct{}
	if err = parse(p.description(), &any); err != nil {
		err = &problem{err.Error(), line(err)}
	} else if special := kinds[p.kind]; special != nil {
		err = special(ctx, p)
	}
	if err == nil {
		err = in.actor.PutComponent(ctx, crm.Component{Type: p.kind, FullName: p.fullName, Files: p.files})
	}
	own, isOwn := errors.AsType[*problem](err)
	refused, isRefused := errors.AsType[*crm.Error](err)
	switch {
	case isOwn:
		m.Success, m.Changed, m.Created, m.Problem, m.ProblemType, m.Line, m.Column = false, false, false, own.text, "Error", own.line, 1
	case isRefused:
		m.Success, m.Changed, m.Created, m.Problem, m.ProblemType, m.Line, m.Column = false, false, false, refused.Message, "Error", 1, 1
	case err != nil:
		return err
	}
	d.change(func(r *result) {
		if m.Success {
			r.Successes, r.Deployed = append(r.Successes, m), r.Deployed+1
			return
		}
		r.Failures, r.Errors = append(r.Failures, m), r.Errors+1
	})
	return nil
}
