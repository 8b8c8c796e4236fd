"""Reading files that people upload: in a process of its own, with limits, before a transaction is opened.

`readings.py` is what the rest of the project calls; `child.py` is the process, and the other modules are what runs in
it: they know no Django setting and no model.
"""
