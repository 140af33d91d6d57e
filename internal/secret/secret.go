// Package secret keeps passwords, tokens and keys out of logs and JSON.
//
// Read first: String, Expose. It knows neither calls nor CRM.
package secret

import "log/slog"

const hidden = "[secret]"

// String is text that must not be printed. Printing, logging or encoding it shows a placeholder.
type String string

// Expose is the text itself, for the one place that needs it.
func (s String) Expose() string { return string(s) }

// String hides the text from fmt.
func (String) String() string { return hidden }

// GoString hides the text from %#v.
func (String) GoString() string { return hidden }

// LogValue hides the text from slog.
func (String) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalJSON hides the text from encoding/json.
func (String) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }
