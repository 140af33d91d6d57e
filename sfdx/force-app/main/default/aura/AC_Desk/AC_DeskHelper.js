({
  version: 1,

  // What a page may ask for, by toolkit; nothing else is passed on.
  may: {
    omni: ['login', 'logout', 'getServicePresenceStatusId', 'getServicePresenceStatusChannels', 'setServicePresenceStatus',
      'getAgentWorks', 'getAgentWorkload', 'acceptAgentWork', 'declineAgentWork', 'closeAgentWork'],
    workspace: ['openTab', 'openSubtab', 'closeTab', 'focusTab', 'getFocusedTabInfo', 'getTabInfo', 'getAllTabInfo',
      'setTabLabel', 'refreshTab'],
    utilityBar: ['openUtility', 'getAllUtilityInfo']
  },

  // What an event of Omni-Channel may say, each some of it.
  said: ['statusId', 'statusName', 'statusApiName', 'channels', 'reason', 'workItemId', 'workId',
    'configuredCapacity', 'previousWorkload', 'newWorkload', 'error'],

  // Windows that have asked by postMessage, and how to hear them.
  frames: [],
  receive: null,

  listen: function (component) {
    var helper = this;
    var origin = component.get('v.pageOrigin');
    if (!origin || helper.receive) return;
    helper.receive = $A.getCallback(function (event) {
      if (event.origin !== origin || !event.data || event.data.to !== 'desk') return;
      var frame = event.source;
      if (helper.frames.indexOf(frame) < 0) helper.frames = helper.frames.concat([frame]).slice(-4);
      helper.take(component, event.data, function (answer) {
        frame.postMessage(answer, origin);
      });
    });
    window.addEventListener('message', helper.receive);
  },

  leave: function () {
    if (this.receive) window.removeEventListener('message', this.receive);
    this.receive = null;
    this.frames = [];
  },

  // Carries out what is asked, and answers by the way on which it came.
  take: function (component, ask, answer) {
    var helper = this;
    if (ask.to !== 'desk' || !ask.from || !ask.id) return;
    component.set('v.isConnected', true);
    new Promise(function (resolve) {
      resolve(helper.carryOut(component, String(ask.call), ask.args));
    }).then(
      function (value) { return { to: ask.from, id: ask.id, ok: true, value: helper.plain(value) }; },
      function (error) { return { to: ask.from, id: ask.id, ok: false, error: helper.words(error) }; }
    ).then($A.getCallback(function (message) {
      if (component.isValid()) answer(message);
    }));
  },

  carryOut: function (component, call, args) {
    if (call === 'hello') return { version: this.version };
    var toolkit = call.split('.')[0];
    var method = call.slice(toolkit.length + 1);
    var methods = Object.keys(this.may).indexOf(toolkit) < 0 ? [] : this.may[toolkit];
    if (methods.indexOf(method) < 0) throw new Error('AC_Desk does not pass on ' + call + '.');
    var api = component.find(toolkit);
    return args ? api[method](this.plain(args)) : api[method]();
  },

  // Passes on what an event of the platform says.
  pass: function (component, event, name) {
    var detail = {};
    this.said.forEach(function (param) {
      detail[param] = event.getParam(param);
    });
    this.tell(component, name, detail);
  },

  tell: function (component, name, detail) {
    var message = this.plain({ to: 'pages', event: name, detail: detail });
    this.frames.forEach(function (frame) {
      frame.postMessage(message, component.get('v.pageOrigin'));
    });
    component.find('channel').publish(message);
  },

  // What a message can carry; the platform's own objects may be wrapped.
  plain: function (value) {
    return value === undefined ? null : JSON.parse(JSON.stringify(value));
  },

  words: function (error) {
    if (error && error.message) return String(error.message);
    return typeof error === 'string' ? error : JSON.stringify(error) || 'refused';
  }
})
