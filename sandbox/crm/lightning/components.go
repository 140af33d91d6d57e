package lightning

import (
	"context"
	"strings"
)

// sources are how the files of each kind are called; a component may bring a second file beside its metadata.
var sources = map[string]string{
	"Layout": ".layout", "CustomTab": ".tab", "FlexiPage": ".flexipage", "CallCenter": ".callCenter", "ListView": ".listView",
}

// source is the metadata file of a deployed component; nil when there is none.
func (s *server) source(ctx context.Context, kind, fullName string) ([]byte, error) {
	c, found, err := s.cfg.Org.Component(ctx, kind, fullName)
	if err != nil || !found {
		return nil, err
	}
	for name, body := range c.Files {
		if strings.HasSuffix(strings.TrimSuffix(name, "-meta.xml"), sources[kind]) {
			return body, nil
		}
	}
	return nil, nil
}

// deployed names what was deployed of a kind.
func (s *server) deployed(ctx context.Context, kind string) ([]string, error) {
	all, err := s.cfg.Org.Components(ctx, kind)
	names := make([]string, 0, len(all))
	for _, c := range all {
		names = append(names, c.FullName)
	}
	return names, err
}
