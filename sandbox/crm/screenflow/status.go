package screenflow

import (
	"bytes"
	"encoding/xml"
	"fmt"
)

// SetStatus gives a flow's file another status and leaves all else as it is.
func SetStatus(source []byte, status string) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(source))
	depth := 0
	var from, end int64
	for end == 0 {
		at := d.InputOffset()
		token, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("set the status of a flow: %w", err)
		}
		switch tag := token.(type) {
		case xml.StartElement:
			depth++
			if depth == 2 && tag.Name.Local == "status" {
				from = d.InputOffset()
			}
		case xml.EndElement:
			switch {
			case depth == 2 && tag.Name.Local == "status" && bytes.HasSuffix(source[:from], []byte("/>")): // <status/>
				return splice(source, int64(bytes.LastIndexByte(source[:from], '<')), from, "<status>"+status+"</status>"), nil
			case depth == 2 && tag.Name.Local == "status":
				return splice(source, from, at, status), nil
			case depth == 1:
				end = at
			}
			depth--
		}
	}
	return splice(source, end, end, "    <status>"+status+"</status>\n"), nil
}

func splice(source []byte, from, to int64, text string) []byte {
	out := append([]byte{}, source[:from]...)
	out = append(out, text...)
	return append(out, source[to:]...)
}
