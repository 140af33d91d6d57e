package metadata

import (
	"context"
	"errors"
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm"
)

var (
	errCheckOnly  = errors.New("only checked")
	errComponents = errors.New("components failed")
)

// run does the work of a deployment: all components in one transaction, none kept if one fails and the caller wants it so.
func (a *API) run(ctx context.Context, d *deployment, body []byte, opts options) {
	d.change(func(r *result) { r.Status, r.Started = "InProgress", a.cfg.Clock.Now() })
	finish := func(status, text string) {
		d.change(func(r *result) {
			r.Status, r.Message, r.Done, r.Success, r.Completed = status, text, true, status == "Succeeded", a.cfg.Clock.Now()
			r.Validated = status == "Succeeded" && opts.CheckOnly
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
	failures = append(failures, m.lacking(parts)...)
	d.change(func(r *result) { r.Total, r.Failures, r.Errors = len(parts)+len(failures), failures, len(failures) })
	err = a.cfg.Org.Administer(ctx, d.by, func(actor *crm.Actor) error {
		if err := a.installer(actor, d, m, opts).all(ctx, files, parts); err != nil {
			return err
		}
		switch failed := d.now().Errors > 0; {
		case opts.CheckOnly:
			return errCheckOnly
		case failed && opts.RollbackOnError:
			return errComponents
		}
		return nil
	})
	switch now := d.now(); {
	case ctx.Err() != nil && now.Canceler != "":
		finish("Canceled", "")
	case err != nil && !errors.Is(err, errCheckOnly) && !errors.Is(err, errComponents):
		a.cfg.Log.Error("deployment failed", "deployment", now.ID, "err", err)
		d.change(func(r *result) { r.Code = "UNKNOWN_EXCEPTION" })
		finish("Failed", "UNKNOWN_EXCEPTION: An unexpected error occurred.")
	case now.Errors == 0:
		finish("Succeeded", "")
	case !opts.RollbackOnError && now.Deployed > 0:
		finish("SucceededPartial", "")
	default:
		finish("Failed", "")
	}
}

// all runs deletions and components in their order.
func (in *installer) all(ctx context.Context, files archive, parts []part) error {
	in.parts = parts
	in.report(message{FileName: "package.xml", FullName: "package.xml", Success: true})
	for _, name := range []string{"destructiveChangesPre.xml", "destructiveChanges.xml"} {
		if err := in.destroy(ctx, name, files[name]); err != nil {
			return err
		}
	}
	for at := 0; at < len(parts); {
		if err := ctx.Err(); err != nil {
			return err
		}
		next, k := at+1, parts[at].kind
		for k.together != nil && next < len(parts) && parts[next].kind.name == k.name {
			next++
		}
		if err := in.some(ctx, parts[at:next]); err != nil {
			return err
		}
		at = next
	}
	if err := in.addPolicies(ctx); err != nil {
		return err
	}
	return in.destroy(ctx, "destructiveChangesPost.xml", files["destructiveChangesPost.xml"])
}

// sortMessages puts messages in the order of their files, package.xml last.
func sortMessages(list []message) []message {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(x, y message) int {
		isManifest, otherIs := x.FileName == "package.xml", y.FileName == "package.xml"
		switch {
		case isManifest == otherIs:
			return 0
		case isManifest:
			return 1
		}
		return -1
	})
	return out
}
