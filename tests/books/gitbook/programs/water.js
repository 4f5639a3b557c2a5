water("evening");
