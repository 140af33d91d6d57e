package schema

import (
	"fmt"
	"strings"
)

// Error is what the platform answers: its own code, sentence and HTTP status.
type Error struct {
	Code    string
	Message string
	Fields  []string
	Status  int
}

// Error is code and sentence.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

// Fail is a refusal with this status.
func Fail(status int, code, format string, args ...any) *Error {
	return &Error{Code: code, Message: sentence(format, args), Status: status}
}

// FailFields is a refusal of what fields hold.
func FailFields(code string, fields []string, format string, args ...any) *Error {
	return &Error{Code: code, Message: sentence(format, args), Fields: fields, Status: 400}
}

// maxQuoted bounds what an answer repeats of a request, in bytes.
const maxQuoted = 1000

// sentence formats a message; of text that somebody sent it repeats the beginning.
func sentence(format string, args []any) string {
	for i, arg := range args {
		if text, ok := arg.(string); ok && len(text) > maxQuoted {
			args[i] = strings.ToValidUTF8(text[:maxQuoted], "") + "…"
		}
	}
	return fmt.Sprintf(format, args...)
}

// The sentences below are the platform's. Source: SOQL and SOSL reference, Object reference.

// ChangedBy refuses an edit of what somebody else, a name or "another user", saved since it was read.
func ChangedBy(who string) error {
	return Fail(409, "CONFLICT", "The record you were editing was modified by %s during your edit session. "+
		"Make a note of the data you entered, then reload the record and enter your updates again.", who)
}

// NotFound says that there is no such thing, or none for the asker.
func NotFound() *Error { return Fail(404, "NOT_FOUND", "The requested resource does not exist") }

// NoObject says that there is no such object, or none for the asker.
func NoObject(name string) *Error {
	return Fail(400, "INVALID_TYPE", "sObject type '%s' is not supported. If you are attempting to use a custom object, "+
		"be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.", name)
}

// NoColumn says that a query names a field that is not there for the asker.
func NoColumn(field, object string) *Error {
	return Fail(400, "INVALID_FIELD", "No such column '%s' on entity '%s'. If you are attempting to use a custom field, "+
		"be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the "+
		"appropriate names.", field, object)
}

// NoFieldOn says that a record has a field that is not there for the asker.
func NoFieldOn(field, object string) *Error {
	return FailFields("INVALID_FIELD", nil, "No such column '%s' on sobject of type %s", field, object)
}

// ReadOnlyField says that a field may not be written.
func ReadOnlyField(field string) *Error {
	return FailFields("INVALID_FIELD_FOR_INSERT_UPDATE", []string{field},
		"Unable to create/update fields: %s. Please check the security settings of this field and verify that it is "+
			"read/write for your profile or permission set.", field)
}

// NoAccess says that the asker may not do this to a record.
func NoAccess() *Error {
	return Fail(403, "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
}

// RequiredMissing says that fields have no value and need one.
func RequiredMissing(fields []string) *Error {
	return FailFields("REQUIRED_FIELD_MISSING", fields, "Required fields are missing: [%s]", strings.Join(fields, ", "))
}
