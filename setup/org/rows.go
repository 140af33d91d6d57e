// Package org is what set-up asks of an org and brings to it: records by a condition, metadata, and metadata files of
// somebody else's that are edited in place.
//
// Read first: Find, Deploy, Document. It knows neither steps nor what they are for.
package org

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/patchcord/patchcord/salesforce"
)

type idRow struct{ Id string }

// ErrHidden means that the org does not show the user an object that every org has.
var ErrHidden = errors.New("the user may not see it")

// hidden are such objects; to who may not view the set-up, an org speaks as if it had none. Source: their "special
// access rules" in the object reference.
var hidden = regexp.MustCompile(
	`(?i)\bFROM\s+(PermissionSet|PermissionSetAssignment|SetupEntityAccess|ApexPage|StaticResource)\b`)

// Query is salesforce.Query for plans: an object or field that is not in the org yet has no rows. ErrHidden if it is
// there, but not for this user.
func Query[T any](ctx context.Context, crm *salesforce.Client, soql string) ([]T, error) {
	rows, err := salesforce.Query[T](ctx, crm, soql)
	if salesforce.IsCode(err, "INVALID_TYPE") && hidden.MatchString(soql) {
		return nil, fmt.Errorf("%w: %w", ErrHidden, err)
	}
	if salesforce.IsCode(err, "INVALID_TYPE", "INVALID_FIELD") {
		return nil, nil
	}
	return rows, err
}

// Find gives the id of the first record of an object that a condition finds; "" if there is none.
func Find(ctx context.Context, crm *salesforce.Client, object, where string) (string, error) {
	rows, err := Query[idRow](ctx, crm, "SELECT Id FROM "+object+" WHERE "+where)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].Id, nil
}

// Must is Find for a record that has to be there by now.
func Must(ctx context.Context, crm *salesforce.Client, object, where string) (string, error) {
	id, err := Find(ctx, crm, object, where)
	if err == nil && id == "" {
		err = fmt.Errorf("no %s WHERE %s", object, where)
	}
	return id, err
}

// Equals is the condition that a field has a value.
func Equals(field, value string) string { return field + " = " + salesforce.Quote(value) }

// Unmanaged is the condition that a component has a name and is of no managed package: packages bring components of the
// same names, the adapter's original all of ours. relation is the way to the component, with its dot, or "".
func Unmanaged(relation, name string) string {
	return Equals(relation+"Name", name) + " AND " + relation + "NamespacePrefix = null"
}
